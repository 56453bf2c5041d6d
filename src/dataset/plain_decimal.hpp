#pragma once
// Decimal numbers read while the end of their field is looked for: the way that nearly all numbers of a CSV take.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace mf::dataset {

/// What a plain number spells: digits, how many of them stand behind the point, and the sign.
struct PlainDecimal {
  /// What is nearer to the end of the text is not looked at: eight bytes at a time are read.
  static constexpr std::ptrdiff_t kMargin = 32;

  std::uint64_t digits = 0;
  int places = 0;
  bool negative = false;
  bool has_point = false;

  /// Reads `-12.5` and the like at the beginning of [`at`, `end`): sign, digits, point, digits. Says where it ends,
  /// null when it is not of that form, has more than 19 digits, or begins less than kMargin before `end`.
  const char* read(const char* at, const char* end);

  /// The nearest double into `value`; false when a single division cannot tell.
  [[nodiscard]] bool nearest(double& value) const;
  /// The nearest float into `value`; false when that takes more than the nearest double.
  [[nodiscard]] bool nearest(float& value) const;

 private:
  const char* read_places(const char* at, int before);
};

namespace plain_decimal {

constexpr int kMostDigits = 19;
constexpr int kMostPlaces = 22;  // the last power of ten that a double holds
constexpr double kPowers[kMostPlaces + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::uint64_t kWholePowers[9] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};

/// Eight bytes, the first of them lowest.
inline std::uint64_t eight_bytes(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

/// `value` or, without a branch that half of all numbers would have guessed wrong, minus `value`.
inline double signed_as(bool negative, double value) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) ^ (std::uint64_t{negative} << 63U));
}

/// How many of the eight bytes, from the first on, are digits.
inline int leading_digits(std::uint64_t word) {
  // A digit has 3 in its upper half, and keeps it when 6 is added; the carry of a byte reaches only later ones.
  constexpr std::uint64_t kUpper = 0xF0F0F0F0F0F0F0F0, kThrees = 0x3030303030303030, kSixes = 0x0606060606060606;
  const std::uint64_t odd = ((word & kUpper) ^ kThrees) | (((word + kSixes) & kUpper) ^ kThrees);
  return std::countr_zero(odd) / 8;
}

/// The number that the first `count` bytes spell, which are digits.
inline std::uint64_t value_of(std::uint64_t word, int count) {
  constexpr std::uint64_t kZeros = 0x3030303030303030, kFours = 0x000000FF000000FF;
  // They move behind as many zeros as make eight digits of them.
  const unsigned bits = 8U * static_cast<unsigned>(count);
  if (count < 8) word = count == 0 ? kZeros : word << (64U - bits) | kZeros >> bits;
  word -= kZeros;
  word = word * 10 + (word >> 8U);  // pairs, in every other byte
  const std::uint64_t upper = (word & kFours) * (100 + (std::uint64_t{1'000'000} << 32U));
  const std::uint64_t lower = (word >> 16U & kFours) * (1 + (std::uint64_t{10'000} << 32U));
  return (upper + lower) >> 32U;
}

}  // namespace plain_decimal

inline const char* PlainDecimal::read(const char* at, const char* end) {
  if (end - at < kMargin) return nullptr;
  *this = {};
  negative = *at == '-';
  at += negative ? 1 : 0;
  int count = 0;
  for (; *at >= '0' && *at <= '9'; ++at, ++count) {
    if (count == plain_decimal::kMostDigits) return nullptr;
    digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
  }
  has_point = *at == '.';
  if (has_point) at = read_places(at + 1, count);
  return count + places > 0 ? at : nullptr;
}

inline const char* PlainDecimal::read_places(const char* at, int before) {
  int more = 8;
  for (; more == 8; at += more) {
    const std::uint64_t word = plain_decimal::eight_bytes(at);
    more = plain_decimal::leading_digits(word);
    places += more;
    if (before + places > plain_decimal::kMostDigits) return nullptr;
    digits = digits * plain_decimal::kWholePowers[more] + plain_decimal::value_of(word, more);
  }
  return at;
}

inline bool PlainDecimal::nearest(double& value) const {
  constexpr std::uint64_t kExact = std::uint64_t{1} << 53U;
  if (digits > kExact) return false;
  // Both are exact, so this rounds once; 19 digits have no more places than there are powers.
  const double quotient = static_cast<double>(static_cast<std::int64_t>(digits)) / plain_decimal::kPowers[places];
  value = plain_decimal::signed_as(negative, quotient);
  return true;
}

inline bool PlainDecimal::nearest(float& value) const {
  double wide = 0;
  if (!nearest(wide)) return false;
  // Half way between two floats, the double does not say on which side of it the number was.
  constexpr std::uint64_t kBelowAFloat = (std::uint64_t{1} << 29U) - 1, kHalfWay = std::uint64_t{1} << 28U;
  if ((std::bit_cast<std::uint64_t>(wide) & kBelowAFloat) == kHalfWay) return false;
  value = static_cast<float>(wide);
  return true;
}

}  // namespace mf::dataset
