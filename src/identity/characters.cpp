#include "mf/identity/characters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace mf::identity {
namespace {

struct Span {
  std::uint32_t first, last;
};

constexpr Span kHidden[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
                            {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};

/// The number of a well-formed character.
std::uint32_t code_point(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead;
  std::uint32_t number = lead & (0x7FU >> character.size());
  for (const char byte : character.substr(1)) number = number << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
  return number;
}

}  // namespace

std::size_t character_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((at(i) & 0xC0) != 0x80) return 0;
  const bool overlong = (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xF0 && at(1) < 0x90);
  const bool beyond = (lead == 0xED && at(1) >= 0xA0) || (lead == 0xF4 && at(1) >= 0x90);
  return overlong || beyond ? 0 : length;
}

bool is_hidden(std::string_view character) {
  const std::uint32_t number = code_point(character);
  return std::any_of(std::begin(kHidden), std::end(kHidden),
                     [&](const Span& span) { return number >= span.first && number <= span.last; });
}

std::optional<std::string> hidden_character(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length != 0 && is_hidden(text.substr(0, length))) {
      std::array<char, 12> name{};
      std::snprintf(name.data(), name.size(), "U+%04X", code_point(text.substr(0, length)));
      return name.data();
    }
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
  return {};
}

}  // namespace mf::identity
