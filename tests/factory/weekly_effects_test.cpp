#include "factory/weekly_effects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mf/time.hpp"

namespace mf::factory {
namespace {

using ::testing::ElementsAre;

/// Three features, and weeks in which they add what a test says.
class Weeks : public ::testing::Test {
 protected:
  void add(const char* time, const std::vector<float>& effects, std::size_t rows = WeeklyEffects::kFewestRows) {
    const std::vector<float> values(effects.size(), 0);
    for (std::size_t i = 0; i < rows; ++i)
      weekly_.add(parse_utc(time)->microseconds,
                  {.row = i, .values = values, .features = effects, .bias = 0, .margin = 0});
  }

  [[nodiscard]] contracts::Explanations::Stability told(std::size_t top = 2) const {
    return weekly_.against({3, 2, 1}, {"a", "b", "c"}, top);
  }

  WeeklyEffects weekly_{3};
};

TEST_F(Weeks, RunFromMondayToSunday) {
  add("2026-03-01T23:59:59Z", {1, 1, 1}, 2);
  add("2026-03-02T00:00:00Z", {1, 1, 1}, 3);
  add("2026-03-08T23:59:59Z", {1, 1, 1}, 4);
  add("1969-12-31T12:00:00Z", {1, 1, 1}, 5);
  const auto weeks = told().weeks;
  ASSERT_EQ(weeks.size(), 3U);
  EXPECT_EQ(weeks[0].week, "1969-12-29");
  EXPECT_EQ(weeks[1].week, "2026-02-23");
  EXPECT_EQ(weeks[1].rows, 2);
  EXPECT_EQ(weeks[2].week, "2026-03-02");
  EXPECT_EQ(weeks[2].rows, 7);
}

TEST_F(Weeks, ThatRankAsTheWholeAreStable) {
  add("2026-03-02T00:00:00Z", {-6, 4, 2});
  const auto week = told().weeks.front();
  EXPECT_EQ(week.overlap, 1);
  EXPECT_NEAR(week.rank_correlation.value(), 1, 1e-15);
  EXPECT_THAT(week.top, ElementsAre("a", "b"));
  EXPECT_FALSE(week.reason);
}

TEST_F(Weeks, ThatRankOtherwiseAreNot) {
  add("2026-03-02T00:00:00Z", {3, 2, 1});
  add("2026-03-09T00:00:00Z", {1, 2, 3});
  const auto stability = told();
  EXPECT_EQ(stability.weeks[1].overlap, 0.5);
  EXPECT_THAT(stability.weeks[1].top, ElementsAre("c", "b"));
  EXPECT_EQ(stability.lowest_overlap, 0.5);
  EXPECT_NEAR(stability.lowest_rank_correlation.value(), -1, 1e-15);
  EXPECT_EQ(stability.top, 2);
}

TEST_F(Weeks, OfFewRowsHaveNoFigures) {
  add("2026-03-02T00:00:00Z", {3, 2, 1}, WeeklyEffects::kFewestRows - 1);
  const auto stability = told();
  EXPECT_FALSE(stability.weeks[0].overlap || stability.weeks[0].rank_correlation);
  EXPECT_EQ(stability.weeks[0].reason, "fewer than 30 rows of the week were explained");
  EXPECT_FALSE(stability.lowest_overlap || stability.lowest_rank_correlation);
}

TEST_F(Weeks, InWhichAllFeaturesAddTheSameHaveNoOrder) {
  add("2026-03-02T00:00:00Z", {1, -1, 1});
  const auto week = told().weeks.front();
  EXPECT_EQ(week.overlap, 1);
  EXPECT_FALSE(week.rank_correlation);
  EXPECT_EQ(week.reason, "all features add the same");
}

}  // namespace
}  // namespace mf::factory
