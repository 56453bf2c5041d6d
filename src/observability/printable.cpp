#include "mf/observability/printable.hpp"

#include <array>
#include <cstdio>

namespace mf::observability {
namespace {

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

/// The bytes of the character that starts `text`, or 0 where no well-formed character starts.
std::size_t length_of_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
  if (first < 0x80) return 1;
  if (first < 0xC2 || !continues(text, 1)) return 0;
  if (first < 0xE0) return 2;
  if (!continues(text, 2)) return 0;
  if (first == 0xE0 && second < 0xA0) return 0;
  if (first == 0xED && second > 0x9F) return 0;
  if (first < 0xF0) return 3;
  if (first > 0xF4 || !continues(text, 3)) return 0;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return 4;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

void add_escaped(std::string& shown, char byte) {
  if (byte == '\n') {
    shown += "\\n";
  } else if (byte == '\t') {
    shown += "\\t";
  } else if (byte == '\r') {
    shown += "\\r";
  } else {
    std::array<char, 5> hex{};
    std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    shown += hex.data();
  }
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = length_of_character(text);
    const auto character = text.substr(0, length == 0 ? 1 : length);
    if (length != 0 && !is_control(character)) {
      shown += character;
    } else {
      for (const char byte : character) add_escaped(shown, byte);
    }
    text.remove_prefix(character.size());
  }
  return shown;
}

}  // namespace mf::observability
