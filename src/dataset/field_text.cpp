#include "dataset/field_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mf::dataset {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The bytes of the UTF-8 sequence that `lead` begins, or 0.
std::size_t sequence_length(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return lead != 0 && lead < 0x80 ? 1 : 0;
}

/// Overlong forms, surrogates and code points above U+10FFFF show in the second byte.
bool second_byte_fits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0:
      return second >= 0xA0;
    case 0xED:
      return second <= 0x9F;
    case 0xF0:
      return second >= 0x90;
    case 0xF4:
      return second <= 0x8F;
    default:
      return true;
  }
}

}  // namespace

bool is_clean_text(std::string_view text) {
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = sequence_length(lead);
    if (length == 0 || length > text.size()) return false;
    const std::string_view rest = text.substr(1, length - 1);
    if (!std::all_of(rest.begin(), rest.end(), is_continuation)) return false;
    if (length > 1 && !second_byte_fits(lead, static_cast<unsigned char>(rest.front()))) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string shown;
  for (const char c : text) {
    if (is_continuation(c)) continue;
    if (shown.size() == limit) return shown + "...";
    shown += c >= ' ' && c <= '~' ? c : '?';
  }
  return shown;
}

std::string shape_of(std::string_view text, Show show) {
  if (text.empty()) return "an empty field";
  const auto characters =
      text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_continuation));
  std::string shape = "text of " + std::to_string(characters) + (characters == 1 ? " character" : " characters");
  if (show == Show::text) shape += " '" + printable(text) + "'";
  return shape;
}

}  // namespace mf::dataset
