#include "mf/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mf {
namespace {

constexpr std::int64_t kSecond = kMicrosecondsPerSecond;

struct Reading {
  const char* text;
  std::int64_t microseconds;
};

constexpr Reading kReadings[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"1969-12-31T23:59:59Z", -kSecond},
    {"1969-12-31T23:59:59.999999Z", -1},
    {"2026-02-10T00:00:00Z", 1'770'681'600 * kSecond},
    {"2026-02-10t00:00:00z", 1'770'681'600 * kSecond},
    {"2026-02-10T02:00:00+02:00", 1'770'681'600 * kSecond},
    {"2026-02-09T18:30:00-05:30", 1'770'681'600 * kSecond},
    {"2026-02-10T00:00:00.5Z", 1'770'681'600 * kSecond + 500'000},
    {"2026-02-10T00:00:00.123456Z", 1'770'681'600 * kSecond + 123'456},
    {"2026-02-10T00:00:00.123456789Z", 1'770'681'600 * kSecond + 123'456},
    {"2024-02-29T12:00:00Z", 1'709'208'000 * kSecond},
    {"2000-02-29T00:00:00Z", 951'782'400 * kSecond},
    {"0001-01-01T00:00:00Z", -62'135'596'800 * kSecond},
    {"9999-12-31T23:59:59Z", 253'402'300'799 * kSecond},
};

TEST(ParseUtc, ReadsRfc3339Instants) {
  for (const auto& reading : kReadings) {
    const auto time = parse_utc(reading.text);
    ASSERT_TRUE(time) << reading.text;
    EXPECT_EQ(time->microseconds, reading.microseconds) << reading.text;
  }
}

TEST(ParseUtc, ReadsNothingElse) {
  for (const char* text : {"",
                           "Z",
                           "2026-02-10",
                           "2026-02-10T00:00:00",
                           "2026-02-10 00:00:00Z",
                           "2026-02-10T00:00Z",
                           "2026-2-10T00:00:00Z",
                           "2026-02-30T00:00:00Z",
                           "2025-02-29T00:00:00Z",
                           "1900-02-29T00:00:00Z",
                           "2026-00-10T00:00:00Z",
                           "2026-13-10T00:00:00Z",
                           "2026-02-00T00:00:00Z",
                           "2026-02-10T24:00:00Z",
                           "2026-02-10T00:60:00Z",
                           "2026-02-10T23:59:60Z",
                           "2026-02-10T00:00:00.Z",
                           "2026-02-10T00:00:00.1234567890Z",
                           "2026-02-10T00:00:00,5Z",
                           "2026-02-10T00:00:00Zx",
                           " 2026-02-10T00:00:00Z",
                           "2026-02-10T00:00:00Z ",
                           "2026-02-10T00:00:00+0200",
                           "2026-02-10T00:00:00+24:00",
                           "2026-02-10T00:00:00+02:60",
                           "2026-02-10T00:00:00+2:00",
                           "+026-02-10T00:00:00Z",
                           "0000-01-01T00:00:00Z",
                           "12026-02-10T00:00:00Z",
                           "-026-02-10T00:00:00Z"})
    EXPECT_FALSE(parse_utc(text)) << text;
}

TEST(ParseUtc, StaysWithinTheYearsThatCanBeWritten) {
  EXPECT_FALSE(parse_utc("0001-01-01T00:00:00+01:00")) << "an instant of the year 0";
  EXPECT_FALSE(parse_utc("9999-12-31T23:59:59-01:00")) << "an instant of the year 10000";
  EXPECT_TRUE(parse_utc("0001-01-01T01:00:00+01:00"));
}

TEST(ToString, WritesAFractionOnlyWhenThereIsOne) {
  EXPECT_EQ(to_string(UtcTime{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_string(UtcTime{1}), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(to_string(UtcTime{-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_string(UtcTime{1'770'681'600 * kSecond + 500'000}), "2026-02-10T00:00:00.500000Z");
}

RC_GTEST_PROP(ToString, IsReadBackAsTheSameInstant, ()) {
  const UtcTime time{*rc::gen::inRange<std::int64_t>(-62'135'596'800 * kSecond, 253'402'300'800 * kSecond)};
  const auto read = parse_utc(to_string(time));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->microseconds == time.microseconds);
}

TEST(SystemClock, TellsATimeOfThisEra) { EXPECT_GT(SystemClock().now(), parse_utc("2024-01-01T00:00:00Z").value()); }

}  // namespace
}  // namespace mf
