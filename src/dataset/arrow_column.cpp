#include "dataset/arrow_column.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "mf/error.hpp"
#include "mf/time.hpp"

namespace mf::dataset {
namespace {

using Kind = ArrowType::Kind;

[[noreturn]] void refuse(const ArrowType& type, const std::string& what) {
  throw Error(Code::DATA_INVALID, "a column of type " + type.name + " " + what, {},
              "Write the file anew: this one is damaged.");
}

/// IEEE 754 half precision.
double half(std::uint16_t bits) {
  const int exponent = (bits >> 10U) & 0x1FU;
  const int fraction = bits & 0x3FFU;
  double value = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25);
  if (exponent == 0x1F) value = fraction == 0 ? HUGE_VAL : std::nan("");
  return (bits >> 15U) != 0 ? -value : value;
}

std::string digits_of(__int128 value) {
  std::string digits;
  const bool negative = value < 0;
  do {
    const auto digit = static_cast<int>(value % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    value /= 10;
  } while (value != 0);
  return (negative ? "-" : "") + digits;
}

/// The double nearest to `unscaled` / 10^`scale`.
double scaled(__int128 unscaled, int scale) {
  constexpr __int128 kExact = __int128{1} << 53;
  constexpr int kLargestExactPower = 22;
  if (unscaled > -kExact && unscaled < kExact && scale >= 0 && scale <= kLargestExactPower)
    return static_cast<double>(unscaled) / std::pow(10.0, scale);  // both exact, so this rounds once
  const std::string text = digits_of(unscaled) + "e" + std::to_string(-scale);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::int64_t floor_divided(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

std::int64_t buffers_of(const ArrowType& type, bool is_index) { return !is_index && type.is_text() ? 3 : 2; }

}  // namespace

ArrowColumn::ArrowColumn(const ArrowType& type, const ArrowArray& array) : ArrowColumn(type, array, Part::column) {}

ArrowColumn::ArrowColumn(const ArrowType& type, const ArrowArray& array, Part part)
    : type_(&type), size_(static_cast<std::size_t>(array.length)), offset_(static_cast<std::size_t>(array.offset)) {
  const bool is_index = part == Part::column && type.indices;
  if (array.length < 0 || array.offset < 0 || array.n_buffers != buffers_of(type, is_index) ||
      (array.dictionary != nullptr) != is_index) {
    refuse(type, "does not have its shape");
  }
  validity_ = array.null_count == 0 ? nullptr : array.buffers[0];
  values_ = array.buffers[1];
  if (array.n_buffers > 2) characters_ = array.buffers[2];
  if (size_ > 0 && values_ == nullptr) refuse(type, "has no values");
  if (is_index) dictionary_.reset(new ArrowColumn(type, *array.dictionary, Part::dictionary));
}

bool ArrowColumn::bit(const void* bits, std::size_t row) const {
  const std::size_t place = offset_ + row;
  return ((static_cast<const std::uint8_t*>(bits)[place / 8] >> (place % 8)) & 1U) != 0;
}

std::int64_t ArrowColumn::integer(Kind kind, std::size_t row) const {
  switch (kind) {
    case Kind::int8:
      return at<std::int8_t>(row);
    case Kind::int16:
      return at<std::int16_t>(row);
    case Kind::int32:
      return at<std::int32_t>(row);
    case Kind::uint8:
      return at<std::uint8_t>(row);
    case Kind::uint16:
      return at<std::uint16_t>(row);
    case Kind::uint32:
      return at<std::uint32_t>(row);
    default:
      return at<std::int64_t>(row);
  }
}

std::size_t ArrowColumn::index(std::size_t row) const {
  const auto index = static_cast<std::size_t>(integer(type_->indices->kind, row));  // a negative one is too large
  if (index >= dictionary_->size()) refuse(*type_, "names a value that its dictionary does not have");
  return index;
}

bool ArrowColumn::is_missing(std::size_t row) const {
  if (is_null(row)) return true;
  if (dictionary_) return dictionary_->is_missing(index(row));
  return type_->is_real() && std::isnan(number(row));
}

std::optional<std::int64_t> ArrowColumn::whole(std::size_t row) const {
  if (dictionary_) return dictionary_->whole(index(row));
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  switch (type_->kind) {
    case Kind::boolean:
      return bit(values_, row) ? 1 : 0;
    case Kind::int8:
    case Kind::int16:
    case Kind::int32:
    case Kind::int64:
    case Kind::uint8:
    case Kind::uint16:
    case Kind::uint32:
      return integer(type_->kind, row);
    case Kind::uint64: {
      const auto value = at<std::uint64_t>(row);
      return value <= static_cast<std::uint64_t>(kMost) ? std::optional(static_cast<std::int64_t>(value))
                                                        : std::nullopt;
    }
    default: {
      const __int128 value = decimal(row);
      const bool fits = value <= kMost && value >= std::numeric_limits<std::int64_t>::min();
      return fits ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt;
    }
  }
}

double ArrowColumn::number(std::size_t row) const {
  if (dictionary_) return dictionary_->number(index(row));
  switch (type_->kind) {
    case Kind::float16:
      return half(at<std::uint16_t>(row));
    case Kind::float32:
      return static_cast<double>(at<float>(row));
    case Kind::float64:
      return at<double>(row);
    case Kind::uint64:
      return static_cast<double>(at<std::uint64_t>(row));
    case Kind::decimal:
      return scaled(decimal(row), type_->scale);
    default:
      return static_cast<double>(whole(row).value());
  }
}

__int128 ArrowColumn::decimal(std::size_t row) const {
  if (type_->bytes == 4) return at<std::int32_t>(row);
  if (type_->bytes == 8) return at<std::int64_t>(row);
  __int128 value = 0;  // the buffer need not lie as an __int128 wants to
  std::memcpy(&value, static_cast<const char*>(values_) + (offset_ + row) * sizeof value, sizeof value);
  return value;
}

std::string_view ArrowColumn::text(std::size_t row) const {
  if (dictionary_) return dictionary_->text(index(row));
  const bool large = type_->kind == Kind::large_text;
  const std::int64_t begin = large ? at<std::int64_t>(row) : at<std::int32_t>(row);
  const std::int64_t end = large ? at<std::int64_t>(row + 1) : at<std::int32_t>(row + 1);
  if (begin < 0 || end < begin) refuse(*type_, "has texts that end before they begin");
  return {static_cast<const char*>(characters_) + begin, static_cast<std::size_t>(end - begin)};
}

std::optional<std::int64_t> ArrowColumn::instant(std::size_t row) const {
  if (dictionary_) return dictionary_->instant(index(row));
  const auto count = at<std::int64_t>(row);
  if (type_->per_second > kMicrosecondsPerSecond)
    return instant_of(floor_divided(count, type_->per_second / kMicrosecondsPerSecond), 1);
  return instant_of(count, kMicrosecondsPerSecond / type_->per_second);
}

}  // namespace mf::dataset
