#pragma once
// One column of a batch of rows, seen through the Arrow C data interface.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "dataset/arrow_type.hpp"

namespace mf::dataset {

/// Values by row. It owns nothing: type and array must outlive it. A row is less than size(); what is asked for must be
/// of the column's kind (reads_as).
class ArrowColumn {
 public:
  /// Throws DATA_INVALID when the array is not one of that type.
  ArrowColumn(const ArrowType& type, const ArrowArray& array);

  [[nodiscard]] std::size_t size() const { return size_; }

  /// Whether there is no value: null, or NaN.
  [[nodiscard]] bool is_missing(std::size_t row) const;

  /// Of whole numbers, bool and decimals without fraction; nothing when it is larger than an int64.
  [[nodiscard]] std::optional<std::int64_t> whole(std::size_t row) const;

  /// Of all numbers, the nearest double; may be infinite.
  [[nodiscard]] double number(std::size_t row) const;

  [[nodiscard]] std::string_view text(std::size_t row) const;

  /// Of instants: in microseconds, cut to those as the fields of a CSV are; nothing outside of the years 0001 to 9999.
  [[nodiscard]] std::optional<std::int64_t> instant(std::size_t row) const;

  /// The values themselves, when they are of `kind` and in no dictionary, else empty. Rows that are null hold anything.
  template <class Value>
  [[nodiscard]] std::span<const Value> plain(ArrowType::Kind kind) const {
    if (dictionary_ || type_->kind != kind) return {};
    return {static_cast<const Value*>(values_) + offset_, size_};
  }
  [[nodiscard]] bool has_nulls() const { return validity_ != nullptr; }

 private:
  enum class Part { column, dictionary };
  ArrowColumn(const ArrowType& type, const ArrowArray& array, Part part);

  template <class Value>
  [[nodiscard]] Value at(std::size_t row) const {
    return static_cast<const Value*>(values_)[offset_ + row];
  }
  [[nodiscard]] bool bit(const void* bits, std::size_t row) const;
  [[nodiscard]] bool is_null(std::size_t row) const { return validity_ != nullptr && !bit(validity_, row); }
  /// A whole number as `kind` stores it, which an int64 holds.
  [[nodiscard]] std::int64_t integer(ArrowType::Kind kind, std::size_t row) const;
  [[nodiscard]] std::size_t index(std::size_t row) const;
  [[nodiscard]] __int128 decimal(std::size_t row) const;

  const ArrowType* type_;
  std::size_t size_, offset_;
  const void* validity_;
  const void* values_;
  const void* characters_ = nullptr;
  std::shared_ptr<const ArrowColumn> dictionary_;
};

}  // namespace mf::dataset
