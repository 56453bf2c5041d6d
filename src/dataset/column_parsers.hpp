#pragma once
// Typed values out of the texts of CSV fields. Nothing comes back when the text does not fit the type.
//
// Numbers are decimal, without blanks, `+`, digit separators, NaN or infinity. An instant is in microseconds since the
// epoch.

#include <cstdint>
#include <optional>
#include <string_view>

namespace mf::dataset {

/// The column types of docs/formats/dataset_materialization.v1.md.
enum class ColumnType : std::uint8_t { string, boolean, int64, float32, float64, timestamp, epoch_s, epoch_ms };

std::optional<ColumnType> parse_column_type(std::string_view name);
std::string_view name_of(ColumnType type);
/// What a field of `type` looks like, for messages: `float32 (a decimal number such as 0.25)`.
std::string_view description_of(ColumnType type);

/// `true`, `false` (also True, TRUE, False, FALSE as other programs write them), `1` or `0`.
std::optional<bool> parse_bool(std::string_view text);
std::optional<std::int64_t> parse_int64(std::string_view text);
/// The nearest float or double; what is too small for one is 0, what is too large does not fit.
std::optional<float> parse_float32(std::string_view text);
std::optional<double> parse_float64(std::string_view text);

/// `count` times `unit` microseconds since the epoch, within the years 0001 to 9999.
std::optional<std::int64_t> instant_of(std::int64_t count, std::int64_t unit);

/// A timestamp, epoch_s or epoch_ms, within the years 0001 to 9999.
std::optional<std::int64_t> parse_instant(std::string_view text, ColumnType type);

/// Any type but string as a feature: NaN for an empty field, bool as 0 and 1, instants as seconds since the epoch.
std::optional<float> parse_feature(std::string_view text, ColumnType type);

/// A number type as a double.
std::optional<double> parse_quantity(std::string_view text, ColumnType type);

/// bool, or a number that is exactly 0 or 1: 1 fraud, 0 legitimate; Rows::kUnknownLabel for an empty field.
std::optional<std::int8_t> parse_label(std::string_view text, ColumnType type);

}  // namespace mf::dataset
