#include "mf/time.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace mf {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t kFirstMicrosecond = -62'135'596'800 * kMicrosecondsPerSecond;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLastMicrosecond = 253'402'300'800 * kMicrosecondsPerSecond - 1;

/// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return {};
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return {};
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, "-")) return {};
  const auto month = take_number(text, 2);
  if (!month || !take(text, "-")) return {};
  const auto day = take_number(text, 2);
  if (!day || *year < 1) return {};
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  return sys_days{date}.time_since_epoch().count() * kMicrosecondsPerDay;
}

std::optional<std::int64_t> take_time_of_day(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ":")) return {};
  const auto minute = take_number(text, 2);
  if (!minute || !take(text, ":")) return {};
  const auto second = take_number(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 59) return {};
  return (static_cast<std::int64_t>(*hour) * 3600 + *minute * std::int64_t{60} + *second) * kMicrosecondsPerSecond;
}

/// The optional fraction, in microseconds.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
  if (!take(text, ".")) return 0;
  std::int64_t value = 0;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (++digits > 9) return {};
    if (digits <= 6) value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (digits == 0) return {};
  for (; digits < 6; ++digits) value *= 10;
  return value;
}

/// The offset from UTC, in microseconds.
std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, "Zz")) return 0;
  if (text.empty()) return {};
  const std::int64_t sign = text.front() == '-' ? -1 : 1;
  if (!take(text, "+-")) return {};
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ":")) return {};
  const auto minute = take_number(text, 2);
  if (!minute || *hour > 23 || *minute > 59) return {};
  return sign * (static_cast<std::int64_t>(*hour) * 3600 + *minute * std::int64_t{60}) * kMicrosecondsPerSecond;
}

}  // namespace

std::optional<UtcTime> parse_utc(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !take(text, "Tt")) return {};
  const auto time_of_day = take_time_of_day(text);
  if (!time_of_day) return {};
  const auto fraction = take_fraction(text);
  if (!fraction) return {};
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return {};
  // The offset may lead out of the years that can be written.
  const UtcTime time{*date + *time_of_day + *fraction - *offset};
  if (time.microseconds < kFirstMicrosecond || time.microseconds > kLastMicrosecond) return {};
  return time;
}

std::string to_string(UtcTime time) {
  std::int64_t day = time.microseconds / kMicrosecondsPerDay;
  std::int64_t rest = time.microseconds % kMicrosecondsPerDay;
  if (rest < 0) {
    rest += kMicrosecondsPerDay;
    --day;
  }
  const std::chrono::year_month_day date{sys_days{days{day}}};
  const auto seconds = static_cast<int>(rest / kMicrosecondsPerSecond);
  const auto fraction = static_cast<int>(rest % kMicrosecondsPerSecond);
  std::array<char, 64> buffer{};
  int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), seconds / 3600,
                           seconds / 60 % 60, seconds % 60);
  std::string text(buffer.data(), static_cast<std::size_t>(size));
  if (fraction != 0) {
    size = std::snprintf(buffer.data(), buffer.size(), ".%06d", fraction);
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return text + "Z";
}

UtcTime SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace mf
