#include "dataset/plain_decimal.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cstdio>
#include <random>
#include <string>

namespace mf::dataset {
namespace {

const std::string kRestOfTheText(PlainDecimal::kMargin, ',');

/// What was read at the beginning of a text that `number` and more make up.
struct Read {
  explicit Read(const std::string& number) : text(number + kRestOfTheText) {
    const char* const end = decimal.read(text.data(), text.data() + text.size());
    taken = end == nullptr ? 0 : static_cast<std::size_t>(end - text.data());
  }
  std::string text;
  PlainDecimal decimal;
  std::size_t taken = 0;
};

template <class Number>
Number from_chars(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  EXPECT_TRUE(error == std::errc{} && end == text.data() + text.size()) << text;
  return value;
}

/// Whether the number is told at all; when it is, it must be the one that the standard library reads, to the last bit.
template <class Number, class Bits>
bool tells_the_same(const std::string& text) {
  const Read read(text);
  Number value{};
  if (read.taken == 0 || !read.decimal.nearest(value)) return false;
  EXPECT_EQ(read.taken, text.size()) << text;
  EXPECT_EQ(std::bit_cast<Bits>(value), std::bit_cast<Bits>(from_chars<Number>(text))) << text;
  return true;
}

bool tells_the_same_float(const std::string& text) { return tells_the_same<float, std::uint32_t>(text); }
bool tells_the_same_double(const std::string& text) { return tells_the_same<double, std::uint64_t>(text); }

class Numbers {
 public:
  std::string of_any_length() {
    std::string text = below(2) == 0 ? "-" : "";
    const std::size_t before = below(12), behind = below(13);
    for (std::size_t i = 0; i < before; ++i) text += digit();
    if (before == 0 || behind > 0) text += '.';
    for (std::size_t i = 0; i < behind; ++i) text += digit();
    if (before + behind == 0) text += digit();
    return text;
  }

  /// As most files have them: a number with a few digits that count.
  std::string of_six_digits() { return printed("%.6f", (static_cast<double>(engine_()) - 2e9) / 1e9); }

  /// Half way between two floats, and next to that: where rounding twice would go wrong.
  std::string near_half_way() {
    const auto whole = static_cast<double>((1U << 24U) + 2 * below(1U << 22U) + 1);
    const double scale = static_cast<double>(1U << below(7));
    std::string text = printed("%.6f", whole / scale);
    if (below(2) == 0) text += below(2) == 0 ? "0001" : "0000";
    return text;
  }

 private:
  std::size_t below(std::size_t end) { return engine_() % end; }
  char digit() { return static_cast<char>('0' + below(10)); }
  static std::string printed(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
  }
  std::mt19937 engine_{31};
};

TEST(PlainDecimal, IsTheNearestNumberOrTellsNone) {
  constexpr int kCount = 400'000;
  Numbers numbers;
  int floats = 0, doubles = 0;
  for (int i = 0; i < kCount; ++i) {
    for (const auto& text : {numbers.of_any_length(), numbers.of_six_digits(), numbers.near_half_way()}) {
      floats += tells_the_same_float(text) ? 1 : 0;
      doubles += tells_the_same_double(text) ? 1 : 0;
    }
  }
  EXPECT_GT(floats, 3 * kCount / 2);
  EXPECT_GT(doubles, 2 * kCount);
}

TEST(PlainDecimal, LeavesWhatIsHalfWayBetweenTwoFloatsToOthers) {
  EXPECT_FALSE(tells_the_same_float("16777217"));
  EXPECT_TRUE(tells_the_same_double("16777217"));
  EXPECT_FALSE(tells_the_same_float("16777217.0000000001"));
  EXPECT_TRUE(tells_the_same_float("16777216"));
  EXPECT_TRUE(tells_the_same_float("16777217.5"));
}

TEST(PlainDecimal, KeepsTheSignOfZero) {
  EXPECT_TRUE(tells_the_same_float("-0"));
  EXPECT_TRUE(tells_the_same_double("-0.000"));
}

TEST(PlainDecimal, StopsBehindItsLastDigit) {
  EXPECT_EQ(Read("12.5e3").taken, 4U);
  EXPECT_EQ(Read("7-8").taken, 1U);
  EXPECT_EQ(Read("1.2.3").taken, 3U);
}

TEST(PlainDecimal, IsNoNumberWithoutDigits) {
  for (const char* text : {"", "-", ".", "-.", "+1", " 1", "nan", "inf", "e5", "--1"})
    EXPECT_EQ(Read(text).taken, 0U) << text;
}

TEST(PlainDecimal, LeavesMoreThanNineteenDigitsToOthers) {
  EXPECT_EQ(Read("1234567890123456789").taken, 19U);
  EXPECT_EQ(Read("12345678901234567890").taken, 0U);
  EXPECT_EQ(Read("0.000000000000000000").taken, 20U);
  EXPECT_EQ(Read("0.0000000000000000000").taken, 0U);
}

TEST(PlainDecimal, DoesNotLookBeyondTheText) {
  const std::string text = "1.5" + std::string(PlainDecimal::kMargin - 4, ',');
  PlainDecimal decimal;
  EXPECT_EQ(decimal.read(text.data(), text.data() + text.size()), nullptr);
}

}  // namespace
}  // namespace mf::dataset
