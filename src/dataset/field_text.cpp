#include "dataset/field_text.hpp"

#include <algorithm>

#include "mf/identity/characters.hpp"

namespace mf::dataset {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

bool is_clean_text(std::string_view text) {
  while (!text.empty()) {
    // Nearly all text is ASCII, and every field of every row comes by here.
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : identity::character_length(text);
    if (first == 0 || length == 0) return false;
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
