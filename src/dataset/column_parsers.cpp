#include "dataset/column_parsers.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "mf/dataset/rows.hpp"
#include "mf/time.hpp"

namespace mf::dataset {
namespace {

struct TypeRow {
  ColumnType type;
  std::string_view name;
  std::string_view description;
};

constexpr TypeRow kTypes[] = {
    {ColumnType::string, "string", "string (UTF-8 text)"},
    {ColumnType::boolean, "bool", "bool (true, false, 1 or 0)"},
    {ColumnType::int64, "int64", "int64 (a whole number)"},
    {ColumnType::float32, "float32", "float32 (a finite decimal number such as 0.25)"},
    {ColumnType::float64, "float64", "float64 (a finite decimal number such as 0.25)"},
    {ColumnType::timestamp, "timestamp", "timestamp (RFC 3339, such as 2026-02-10T00:00:00Z)"},
    {ColumnType::epoch_s, "epoch_s", "epoch_s (whole seconds since 1970-01-01T00:00:00Z)"},
    {ColumnType::epoch_ms, "epoch_ms", "epoch_ms (whole milliseconds since 1970-01-01T00:00:00Z)"},
};

/// The decimal number that `text` spells from end to end; what is too small for the type is 0.
template <typename Number>
std::optional<Number> parse_decimal(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return {};
  if (error == std::errc::result_out_of_range) {
    // from_chars does not say which way; strtod does.
    const double wide = std::strtod(std::string(text).c_str(), nullptr);
    if (!(std::fabs(wide) < static_cast<double>(std::numeric_limits<Number>::min()))) return {};
    return static_cast<Number>(wide);
  }
  if (error != std::errc{} || !std::isfinite(value)) return {};
  return value;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int two_digits(const char* at) { return (at[0] - '0') * 10 + (at[1] - '0'); }

int days_in_month(int year, int month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Days since the epoch of a date from the year 1 on: years are counted from March, so that the leap day comes last.
std::int64_t days_since_epoch(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return 365LL * y + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

/// `YYYY-MM-DDTHH:MM:SSZ`, by far the most frequent spelling; parse_utc reads all of them, at a tenth of the speed.
std::optional<std::int64_t> parse_plain_timestamp(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != kShape.size()) return {};
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !is_digit(text[i]) : text[i] != kShape[i]) return {};
  }
  const char* at = text.data();
  const int year = two_digits(at) * 100 + two_digits(at + 2), month = two_digits(at + 5), day = two_digits(at + 8);
  const int hour = two_digits(at + 11), minute = two_digits(at + 14), second = two_digits(at + 17);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
  if (hour > 23 || minute > 59 || second > 59) return {};
  const std::int64_t day_seconds = (hour * 60LL + minute) * 60 + second;
  return (days_since_epoch(year, month, day) * 86'400 + day_seconds) * kMicrosecondsPerSecond;
}

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  if (const auto plain = parse_plain_timestamp(text)) return plain;
  const auto time = parse_utc(text);
  return time ? std::optional(time->microseconds) : std::nullopt;
}

std::optional<std::int64_t> parse_epoch(std::string_view text, std::int64_t unit) {
  const auto count = parse_int64(text);
  return count ? instant_of(*count, unit) : std::nullopt;
}

template <typename From>
std::optional<float> as_float(std::optional<From> value) {
  return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
}

/// A double as a float, unless it is too large for one.
std::optional<float> narrowed(std::optional<double> value) {
  if (!value || std::fabs(*value) > static_cast<double>(std::numeric_limits<float>::max())) return {};
  return static_cast<float>(*value);
}

std::optional<float> parse_seconds(std::string_view text, ColumnType type) {
  const auto instant = parse_instant(text, type);
  if (!instant) return {};
  return static_cast<float>(static_cast<double>(*instant) / static_cast<double>(kMicrosecondsPerSecond));
}

}  // namespace

std::optional<ColumnType> parse_column_type(std::string_view name) {
  for (const auto& row : kTypes) {
    if (row.name == name) return row.type;
  }
  return {};
}

std::string_view name_of(ColumnType type) { return kTypes[static_cast<std::size_t>(type)].name; }

std::string_view description_of(ColumnType type) { return kTypes[static_cast<std::size_t>(type)].description; }

std::optional<bool> parse_bool(std::string_view text) {
  if (text == "1" || text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "0" || text == "false" || text == "False" || text == "FALSE") return false;
  return {};
}

std::optional<std::int64_t> parse_int64(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

std::optional<float> parse_float32(std::string_view text) { return parse_decimal<float>(text); }

std::optional<double> parse_float64(std::string_view text) { return parse_decimal<double>(text); }

std::optional<std::int64_t> instant_of(std::int64_t count, std::int64_t unit) {
  constexpr std::int64_t kFirst = -62'135'596'800 * kMicrosecondsPerSecond;  // 0001-01-01T00:00:00Z
  constexpr std::int64_t kEnd = 253'402'300'800 * kMicrosecondsPerSecond;    // 10000-01-01T00:00:00Z
  if (count < kFirst / unit || count >= kEnd / unit) return {};
  return count * unit;
}

std::optional<std::int64_t> parse_instant(std::string_view text, ColumnType type) {
  switch (type) {
    case ColumnType::timestamp:
      return parse_timestamp(text);
    case ColumnType::epoch_s:
      return parse_epoch(text, kMicrosecondsPerSecond);
    case ColumnType::epoch_ms:
      return parse_epoch(text, kMicrosecondsPerSecond / 1000);
    default:
      return {};
  }
}

std::optional<float> parse_feature(std::string_view text, ColumnType type) {
  if (text.empty()) return std::numeric_limits<float>::quiet_NaN();
  switch (type) {
    case ColumnType::float32:
      return parse_float32(text);
    case ColumnType::float64:
      return narrowed(parse_float64(text));
    case ColumnType::int64:
      return as_float(parse_int64(text));
    case ColumnType::boolean:
      return as_float(parse_bool(text));
    case ColumnType::string:
      return {};
    default:
      return parse_seconds(text, type);
  }
}

std::optional<double> parse_quantity(std::string_view text, ColumnType type) {
  if (type != ColumnType::int64) return parse_float64(text);
  const auto whole = parse_int64(text);
  return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

std::optional<std::int8_t> parse_label(std::string_view text, ColumnType type) {
  if (text.empty()) return Rows::kUnknownLabel;
  if (type == ColumnType::boolean) return parse_bool(text);
  const auto number = parse_quantity(text, type);
  if (!number || (*number != 0 && *number != 1)) return {};
  return static_cast<std::int8_t>(*number);
}

}  // namespace mf::dataset
