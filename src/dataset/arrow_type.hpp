#pragma once
// What a column of a Parquet file holds, and which declared types it can be.

#include <cstdint>
#include <memory>
#include <string>

#include "dataset/column_parsers.hpp"
#include "dataset/parquet_abi.hpp"

namespace mf::dataset {

struct ArrowType {
  enum class Kind : std::uint8_t {
    boolean,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
    float16,
    float32,
    float64,
    decimal,  ///< of 128 bits or less
    text,
    large_text,
    instant,     ///< a timestamp with a zone: counted in UTC
    local_time,  ///< a timestamp without one, which names no instant
    other,       ///< nested, binary, dates, times of day, ...
  };

  Kind kind = Kind::other;
  std::string name;             ///< for messages: `timestamp in microseconds, UTC`
  std::int64_t per_second = 0;  ///< of an instant
  int scale = 0;                ///< of a decimal: digits after the point
  int bytes = 0;                ///< of a decimal
  std::shared_ptr<ArrowType> indices =
      {};  ///< the whole numbers that stand for the values, when they are in a dictionary

  [[nodiscard]] bool is_whole() const { return kind >= Kind::int8 && kind <= Kind::uint64; }
  [[nodiscard]] bool is_real() const { return kind >= Kind::float16 && kind <= Kind::float64; }
  [[nodiscard]] bool is_text() const { return kind == Kind::text || kind == Kind::large_text; }
};

/// Reads the format text of the Arrow C data interface. What it does not know is `other`, under that text.
ArrowType type_of(const ArrowSchema& column);

/// Whether values of `in_file` can be read as `declared` without losing what they mean:
///   string                text                 timestamp      instants
///   bool                  bool, whole numbers  epoch_s, _ms   whole numbers
///   int64                 whole numbers, decimals without digits after the point
///   float32, float64      all numbers
bool reads_as(const ArrowType& in_file, ColumnType declared);

}  // namespace mf::dataset
