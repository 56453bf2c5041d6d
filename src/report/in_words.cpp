#include "report/in_words.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace mf::report {
namespace {

constexpr const char* kNone = "–";

std::string formatted(const char* format, double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

/// The digits behind the point that make `significant` ones in all; none for what is larger.
int decimals(double value, int significant) {
  if (value == 0) return significant - 1;
  const int before = static_cast<int>(std::floor(std::log10(std::fabs(value)))) + 1;
  return std::max(0, significant - std::max(before, 0) + std::max(-before, 0));
}

}  // namespace

std::string number(const std::optional<double>& value) {
  if (!value) return kNone;
  if (*value == std::floor(*value) && std::fabs(*value) < 1e15) return count(static_cast<std::int64_t>(*value));
  if (std::fabs(*value) >= 1e6 || std::fabs(*value) < 1e-4) return formatted("%.3g", *value);
  return formatted(("%." + std::to_string(decimals(*value, 4)) + "f").c_str(), *value);
}

std::string percentage(const std::optional<double>& value) {
  if (!value) return kNone;
  if (*value == 0) return "0 %";
  if (std::fabs(*value) < 1e-5) return formatted("%.1e", *value * 100) + " %";
  return formatted(("%." + std::to_string(decimals(*value * 100, 3)) + "f").c_str(), *value * 100) + " %";
}

std::string count(std::int64_t value) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return (value < 0 ? "-" : "") + digits;
}

std::string exact_number(double value) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end.ptr};
}

std::string counted(std::int64_t value, const std::string& one, const std::string& many) {
  return count(value) + " " + (value == 1 ? one : many);
}

}  // namespace mf::report
