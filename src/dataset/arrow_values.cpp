#include "dataset/arrow_values.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "dataset/field_text.hpp"
#include "mf/time.hpp"

namespace mf::dataset {
namespace {

using Kind = ArrowType::Kind;

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

std::optional<float> narrowed(double value) {
  if (std::fabs(value) > static_cast<double>(std::numeric_limits<float>::max())) return {};
  return static_cast<float>(value);
}

std::optional<float> feature_of(const ArrowColumn& column, ColumnType declared, std::size_t row) {
  switch (declared) {
    case ColumnType::string:
      return {};
    case ColumnType::boolean: {
      const auto truth = truth_of(column, row);
      return truth ? std::optional(static_cast<float>(*truth)) : std::nullopt;
    }
    case ColumnType::int64: {
      const auto whole = column.whole(row);
      return whole ? std::optional(static_cast<float>(*whole)) : std::nullopt;
    }
    case ColumnType::float32:
    case ColumnType::float64:
      return narrowed(column.number(row));
    default: {
      const auto instant = instant_of(column, declared, row);
      if (!instant) return {};
      return static_cast<float>(static_cast<double>(*instant) / static_cast<double>(kMicrosecondsPerSecond));
    }
  }
}

/// Plain numbers, which most features are, without a question for each value. False when they are something else.
template <class Value>
bool convert(const ArrowColumn& column, Kind kind, std::size_t from, std::span<float> into) {
  const auto values = column.plain<Value>(kind);
  if (values.empty()) return false;
  for (std::size_t i = 0; i < into.size(); ++i) {
    const auto value = static_cast<float>(values[from + i]);
    into[i] = std::isnan(value) ? std::numeric_limits<float>::quiet_NaN() : value;  // there are many, and they mean one
  }
  return true;
}

bool convert_plain(const ArrowColumn& column, ColumnType declared, std::size_t from, std::span<float> into) {
  if (declared != ColumnType::float32 && declared != ColumnType::float64 && declared != ColumnType::int64) return false;
  return convert<float>(column, Kind::float32, from, into) || convert<double>(column, Kind::float64, from, into) ||
         convert<std::int32_t>(column, Kind::int32, from, into) ||
         convert<std::int16_t>(column, Kind::int16, from, into) ||
         convert<std::int8_t>(column, Kind::int8, from, into) ||
         // Between an int64 and a float stands no double, or some would be rounded twice; as the parser of CSV has it.
         (declared != ColumnType::float64 && convert<std::int64_t>(column, Kind::int64, from, into));
}

/// The first row that is infinite, or was too large for a float.
std::optional<std::size_t> first_infinite(std::size_t from, std::span<const float> values) {
  bool any = false;
  for (const float value : values) any |= std::isinf(value);
  for (std::size_t i = 0; any && i < values.size(); ++i) {
    if (std::isinf(values[i])) return from + i;
  }
  return {};
}

template <class Number>
std::string decimal_text(Number value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return {text, end};
}

}  // namespace

std::optional<bool> truth_of(const ArrowColumn& column, std::size_t row) {
  const auto whole = column.whole(row);
  if (!whole || (*whole != 0 && *whole != 1)) return {};
  return *whole == 1;
}

std::optional<double> quantity_of(const ArrowColumn& column, std::size_t row) {
  const double number = column.number(row);
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> instant_of(const ArrowColumn& column, ColumnType declared, std::size_t row) {
  if (declared == ColumnType::timestamp) return column.instant(row);
  const auto count = column.whole(row);
  const auto unit = declared == ColumnType::epoch_s ? kMicrosecondsPerSecond : kMicrosecondsPerSecond / 1000;
  return count ? instant_of(*count, unit) : std::nullopt;
}

std::optional<std::int8_t> label_of(const ArrowColumn& column, ColumnType declared, std::size_t row) {
  if (declared == ColumnType::boolean) return truth_of(column, row);
  const double number = column.number(row);
  if (number != 0 && number != 1) return {};
  return static_cast<std::int8_t>(number);
}

std::optional<std::string_view> name_of(const ArrowColumn& column, ColumnType declared, std::size_t row,
                                        std::string& scratch) {
  if (declared == ColumnType::string) {
    const auto text = column.text(row);
    return is_clean_text(text) ? std::optional(text) : std::nullopt;
  }
  if (declared == ColumnType::int64) {
    const auto whole = column.whole(row);
    if (!whole) return {};
    scratch = decimal_text(*whole);
    return scratch;
  }
  const auto truth = truth_of(column, row);
  if (!truth) return {};
  return *truth ? "true" : "false";
}

std::optional<std::size_t> features_of(const ArrowColumn& column, ColumnType declared, std::size_t from,
                                       std::span<float> into) {
  if (!convert_plain(column, declared, from, into)) {
    for (std::size_t i = 0; i < into.size(); ++i) {
      const auto value = column.is_missing(from + i) ? kMissing : feature_of(column, declared, from + i);
      if (!value) return from + i;
      into[i] = *value;
    }
    return {};
  }
  for (std::size_t i = 0; column.has_nulls() && i < into.size(); ++i) {
    if (column.is_missing(from + i)) into[i] = kMissing;
  }
  return first_infinite(from, into);
}

std::string shown(const ArrowColumn& column, ColumnType declared, std::size_t row) {
  if (column.is_missing(row)) return "no value";
  if (declared == ColumnType::string) return shape_of(column.text(row), Show::text);
  if (declared == ColumnType::timestamp) return "an instant outside of the years 0001 to 9999";
  if (declared == ColumnType::float32 || declared == ColumnType::float64) return decimal_text(column.number(row));
  const auto whole = column.whole(row);
  return whole ? decimal_text(*whole) : "a number larger than an int64";
}

}  // namespace mf::dataset
