#include "dataset/column_parsers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>

#include "mf/dataset/rows.hpp"
#include "mf/time.hpp"

namespace mf::dataset {
namespace {

std::optional<std::int64_t> timestamp(std::string_view text) { return parse_instant(text, ColumnType::timestamp); }

TEST(ColumnType, ReadsBackItsName) {
  for (int i = 0; i <= static_cast<int>(ColumnType::epoch_ms); ++i) {
    const auto type = static_cast<ColumnType>(i);
    EXPECT_EQ(parse_column_type(name_of(type)), type);
    EXPECT_TRUE(description_of(type).starts_with(name_of(type)));
  }
  EXPECT_EQ(parse_column_type("float"), std::nullopt);
}

TEST(ParseBool, TakesTheSpellingsOfBothClasses) {
  for (const auto* yes : {"1", "true", "True", "TRUE"}) EXPECT_EQ(parse_bool(yes), true) << yes;
  for (const auto* no : {"0", "false", "False", "FALSE"}) EXPECT_EQ(parse_bool(no), false) << no;
  for (const auto* other : {"", "yes", "2", "t", " 1", "1.0"}) EXPECT_EQ(parse_bool(other), std::nullopt) << other;
}

TEST(ParseNumber, TakesDecimalsFromEndToEnd) {
  EXPECT_EQ(parse_float32("0.1"), 0.1F);
  EXPECT_EQ(parse_float64("-1.5e+3"), -1500.0);
  EXPECT_EQ(parse_int64("-9223372036854775808"), INT64_MIN);
  for (const auto* bad : {"", "abc12", "1,5", "1 ", " 1", "+1", "1e", "0x10", "1_000", "--1"}) {
    EXPECT_EQ(parse_float32(bad), std::nullopt) << bad;
    EXPECT_EQ(parse_float64(bad), std::nullopt) << bad;
    EXPECT_EQ(parse_int64(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(parse_int64("9223372036854775808"), std::nullopt);
  EXPECT_EQ(parse_int64("1.0"), std::nullopt);
}

TEST(ParseNumber, RefusesNanAndInfinity) {
  for (const auto* bad : {"nan", "NaN", "-nan", "inf", "-inf", "Infinity", "INF", "1e39"}) {
    EXPECT_EQ(parse_float32(bad), std::nullopt) << bad;
  }
  for (const auto* bad : {"nan", "inf", "-Infinity", "1e309", "-1e400"})
    EXPECT_EQ(parse_float64(bad), std::nullopt) << bad;
}

TEST(ParseNumber, TakesWhatIsTooSmallForZero) {
  EXPECT_EQ(parse_float32("1e-60"), 0.0F);
  EXPECT_EQ(parse_float64("-1e-400"), 0.0);
  EXPECT_EQ(parse_float32("1e-40"), 1e-40F);
}

TEST(ParseInstant, ReadsTimestampsAsParseUtcDoes) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const auto seconds = static_cast<std::int64_t>(random() % 315'537'897'600ULL) - 62'135'596'800;
    const auto micros =
        seconds * kMicrosecondsPerSecond + (i % 3 == 0 ? static_cast<std::int64_t>(random() % 1'000'000) : 0);
    const std::string text = to_string(UtcTime{micros});
    EXPECT_EQ(timestamp(text), micros) << text;
  }
}

TEST(ParseInstant, RefusesWhatIsNoInstant) {
  for (const auto* bad : {"", "2026-02-10", "2026-02-10T00:00:00", "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z",
                          "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
                          "2026-04-31T00:00:00Z", "0000-01-01T00:00:00Z", "2026-02-10T24:00:00Z",
                          "2026-02-10T00:60:00Z", "2026-02-10 00:00:00Z", "2026-02-10T00:00:00.Z", "1739145600"}) {
    EXPECT_EQ(timestamp(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(timestamp("2024-02-29T00:00:00Z"), parse_utc("2024-02-29T00:00:00Z")->microseconds);
  EXPECT_EQ(timestamp("2026-02-10T02:00:00+02:00"), parse_utc("2026-02-10T00:00:00Z")->microseconds);
}

TEST(ParseInstant, CountsEpochsInTheirUnit) {
  EXPECT_EQ(parse_instant("1739145600", ColumnType::epoch_s), 1'739'145'600'000'000);
  EXPECT_EQ(parse_instant("1739145600123", ColumnType::epoch_ms), 1'739'145'600'123'000);
  EXPECT_EQ(parse_instant("1739145600.5", ColumnType::epoch_s), std::nullopt);
  EXPECT_EQ(parse_instant("253402300800", ColumnType::epoch_s), std::nullopt);
  EXPECT_EQ(parse_instant("-62135596801", ColumnType::epoch_s), std::nullopt);
  EXPECT_EQ(parse_instant("9223372036854775807", ColumnType::epoch_ms), std::nullopt);
}

TEST(ParseDecimal, RefusesWhatIsNoDecimalFromEndToEnd) {
  for (const char* text : {"", "-", ".", "-.", "+1", "1.2.3", "--1", "1-", " 1", "1 ", "0x1"}) {
    EXPECT_FALSE(parse_float32(text)) << text;
    EXPECT_FALSE(parse_float64(text)) << text;
  }
}

TEST(ParseFeature, MakesAFloatOfEveryTypeButString) {
  EXPECT_EQ(parse_feature("true", ColumnType::boolean), 1.0F);
  EXPECT_EQ(parse_feature("0", ColumnType::boolean), 0.0F);
  EXPECT_EQ(parse_feature("-7", ColumnType::int64), -7.0F);
  EXPECT_EQ(parse_feature("0.1", ColumnType::float64), 0.1F);
  EXPECT_EQ(parse_feature("1970-01-01T00:01:00.5Z", ColumnType::timestamp), 60.5F);
  EXPECT_EQ(parse_feature("1500", ColumnType::epoch_ms), 1.5F);
  EXPECT_EQ(parse_feature("1e39", ColumnType::float64), std::nullopt);
  EXPECT_EQ(parse_feature("abc", ColumnType::string), std::nullopt);
  EXPECT_TRUE(std::isnan(parse_feature("", ColumnType::float32).value()));
}

TEST(ParseLabel, IsZeroOneOrUnknown) {
  EXPECT_EQ(parse_label("true", ColumnType::boolean), 1);
  EXPECT_EQ(parse_label("0", ColumnType::int64), 0);
  EXPECT_EQ(parse_label("1.0", ColumnType::float64), 1);
  EXPECT_EQ(parse_label("", ColumnType::boolean), Rows::kUnknownLabel);
  EXPECT_EQ(parse_label("2", ColumnType::int64), std::nullopt);
  EXPECT_EQ(parse_label("0.5", ColumnType::float32), std::nullopt);
  EXPECT_EQ(parse_label("-1", ColumnType::int64), std::nullopt);
  EXPECT_EQ(parse_label("fraud", ColumnType::boolean), std::nullopt);
}

}  // namespace
}  // namespace mf::dataset
