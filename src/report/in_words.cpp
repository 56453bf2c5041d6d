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

/// The digits behind the point: four where there is little in front of it, three significant ones of what is small.
int decimals(double value) {
  const int before = static_cast<int>(std::floor(std::log10(std::fabs(value)))) + 1;
  return before >= 0 ? std::max(0, 4 - std::max(0, before - 1)) : std::max(4, 3 - before);
}

}  // namespace

std::string number(const std::optional<double>& value) {
  if (!value) return kNone;
  if (*value == std::floor(*value) && std::fabs(*value) < 1e15) return count(static_cast<std::int64_t>(*value));
  if (std::fabs(*value) >= 1e6 || std::fabs(*value) < 1e-4) return formatted("%.3g", *value);
  return formatted(("%." + std::to_string(decimals(*value)) + "f").c_str(), *value);
}

std::string percentage(const std::optional<double>& value) {
  if (!value) return kNone;
  const double hundredths = *value * 100;
  return (std::fabs(hundredths) < 999.5 ? formatted("%.3g", hundredths) : formatted("%.0f", hundredths)) + " %";
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
