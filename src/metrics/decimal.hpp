#pragma once
// The numbers in metric names.

#include <array>
#include <charconv>
#include <string>

namespace mf::metrics {

/// The shortest decimal that reads back as `number`, without an exponent: 0.005.
inline std::string decimal(double number) {
  std::array<char, 512> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr;
  return {text.data(), end};
}

}  // namespace mf::metrics
