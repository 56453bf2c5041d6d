#include "dataset/arrow_type.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "dataset/field_text.hpp"

namespace mf::dataset {
namespace {

using Kind = ArrowType::Kind;

struct FormatRow {
  std::string_view format;
  Kind kind;
  std::string_view name;
};

constexpr FormatRow kFormats[] = {
    {"b", Kind::boolean, "bool"},        {"c", Kind::int8, "int8"},           {"C", Kind::uint8, "uint8"},
    {"s", Kind::int16, "int16"},         {"S", Kind::uint16, "uint16"},       {"i", Kind::int32, "int32"},
    {"I", Kind::uint32, "uint32"},       {"l", Kind::int64, "int64"},         {"L", Kind::uint64, "uint64"},
    {"e", Kind::float16, "float16"},     {"f", Kind::float32, "float32"},     {"g", Kind::float64, "float64"},
    {"u", Kind::text, "string"},         {"U", Kind::large_text, "string"},   {"n", Kind::other, "null"},
    {"z", Kind::other, "binary"},        {"Z", Kind::other, "binary"},        {"vz", Kind::other, "binary"},
    {"vu", Kind::other, "string view"},  {"tdD", Kind::other, "date"},        {"tdm", Kind::other, "date"},
    {"tts", Kind::other, "time of day"}, {"ttm", Kind::other, "time of day"}, {"ttu", Kind::other, "time of day"},
    {"ttn", Kind::other, "time of day"}, {"+s", Kind::other, "struct"},       {"+l", Kind::other, "list"},
    {"+L", Kind::other, "list"},         {"+m", Kind::other, "map"},          {"+vl", Kind::other, "list"},
};

struct PrefixRow {
  std::string_view prefix, name;
};
constexpr PrefixRow kOthers[] = {
    {"w:", "binary of fixed size"}, {"+w:", "list of fixed size"}, {"tD", "duration"}, {"ti", "interval"}};

struct UnitRow {
  std::string_view prefix, name;
  std::int64_t per_second;
};
constexpr UnitRow kUnits[] = {{"tss:", "seconds", 1},
                              {"tsm:", "milliseconds", 1'000},
                              {"tsu:", "microseconds", 1'000'000},
                              {"tsn:", "nanoseconds", 1'000'000'000}};

std::optional<ArrowType> timestamp(std::string_view format) {
  for (const auto& unit : kUnits) {
    if (!format.starts_with(unit.prefix)) continue;
    const auto zone = format.substr(unit.prefix.size());
    return ArrowType{
        zone.empty() ? Kind::local_time : Kind::instant,
        "timestamp in " + std::string(unit.name) + (zone.empty() ? " without a zone" : ", " + printable(zone)),
        unit.per_second};
  }
  return {};
}

/// `d:19,4` or, where there are not 128 bits, `d:9,2,32`.
std::optional<ArrowType> decimal(std::string_view format) {
  if (!format.starts_with("d:")) return {};
  int numbers[3] = {0, 0, 128};
  const char *at = format.data() + 2, *const end = format.data() + format.size();
  for (int& number : numbers) {
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{}) return {};
    if (next == end) break;
    at = next + 1;
  }
  ArrowType type{numbers[2] <= 128 ? Kind::decimal : Kind::other,
                 "decimal(" + std::to_string(numbers[0]) + ", " + std::to_string(numbers[1]) + ")"};
  type.scale = numbers[1];
  type.bytes = numbers[2] / 8;
  return type;
}

ArrowType plain_type(std::string_view format) {
  for (const auto& row : kFormats) {
    if (row.format == format) return {row.kind, std::string(row.name)};
  }
  if (auto type = timestamp(format)) return *type;
  if (auto type = decimal(format)) return *type;
  for (const auto& row : kOthers) {
    if (format.starts_with(row.prefix)) return {Kind::other, std::string(row.name)};
  }
  return {Kind::other, "Arrow's '" + printable(format) + "'"};
}

}  // namespace

ArrowType type_of(const ArrowSchema& column) {
  if (column.dictionary == nullptr) return plain_type(column.format);
  ArrowType type = type_of(*column.dictionary);
  type.name = "dictionary of " + type.name;
  // A dictionary of dictionaries is nothing that a Parquet file can hold.
  if (type.indices) type.kind = Kind::other;
  type.indices = std::make_shared<ArrowType>(plain_type(column.format));
  if (!type.indices->is_whole()) type.kind = Kind::other;
  return type;
}

bool reads_as(const ArrowType& in_file, ColumnType declared) {
  switch (declared) {
    case ColumnType::string:
      return in_file.is_text();
    case ColumnType::boolean:
      return in_file.kind == Kind::boolean || in_file.is_whole();
    case ColumnType::int64:
      return in_file.is_whole() || (in_file.kind == Kind::decimal && in_file.scale == 0);
    case ColumnType::float32:
    case ColumnType::float64:
      return in_file.is_whole() || in_file.is_real() || in_file.kind == Kind::decimal;
    case ColumnType::timestamp:
      return in_file.kind == Kind::instant;
    case ColumnType::epoch_s:
    case ColumnType::epoch_ms:
      return in_file.is_whole();
  }
  return false;
}

}  // namespace mf::dataset
