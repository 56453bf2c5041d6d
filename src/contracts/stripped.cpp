#include "contracts/stripped.hpp"

#include <array>

namespace mf::contracts {
namespace {

constexpr std::string_view kAsciiSpace = "\t\n\v\f\r\x1c\x1d\x1e\x1f ";
constexpr std::array<std::string_view, 19> kUnicodeSpaces = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
    "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
    "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

std::size_t space_at_front(std::string_view text) {
  if (text.empty()) return 0;
  if (kAsciiSpace.find(text.front()) != std::string_view::npos) return 1;
  for (const auto space : kUnicodeSpaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

std::size_t space_at_back(std::string_view text) {
  if (text.empty()) return 0;
  if (kAsciiSpace.find(text.back()) != std::string_view::npos) return 1;
  for (const auto space : kUnicodeSpaces)
    if (text.ends_with(space)) return space.size();
  return 0;
}

}  // namespace

std::string stripped(std::string_view text) {
  while (const std::size_t size = space_at_front(text)) text.remove_prefix(size);
  while (const std::size_t size = space_at_back(text)) text.remove_suffix(size);
  return std::string(text);
}

}  // namespace mf::contracts
