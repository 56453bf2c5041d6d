#include "mf/observability/printable.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "mf/identity/characters.hpp"

namespace mf::observability {
namespace {

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

std::string shortened(const std::string& text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "... (" + std::to_string(text.size()) + " bytes)";
}

/// Whether all of it is what a typewriter has: nearly every text, and all of a long list of runs.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return byte >= ' ' && byte <= '~'; });
}

}  // namespace

std::string printable(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = identity::character_length(text);
    const auto character = text.substr(0, length == 0 ? 1 : length);
    if (length != 0 && !identity::is_hidden(character)) {
      shown += character;
    } else {
      for (const char byte : character) add_escaped(shown, byte);
    }
    text.remove_prefix(character.size());
  }
  return shown;
}

std::string printable_json(std::string_view json) {
  if (is_plain(json)) return std::string(json);
  std::string shown;
  shown.reserve(json.size());
  while (!json.empty()) {
    const auto character = json.substr(0, std::max<std::size_t>(1, identity::character_length(json)));
    const auto hidden = identity::hidden_character(character);
    // All of them have four digits: U+202E becomes \u202E.
    shown += hidden ? "\\u" + hidden->substr(2) : std::string(character);
    json.remove_prefix(character.size());
  }
  return shown;
}

Error shortened(const Error& error) {
  Error::Context context = error.context();
  for (auto& [name, value] : context) value = shortened(value, 4000);
  return {error.code(), shortened(printable(error.message()), 1000), std::move(context), error.hint()};
}

}  // namespace mf::observability
