#include "metrics/periods.hpp"

#include <gtest/gtest.h>

#include "metrics/naive_figures.hpp"

namespace mf::metrics {
namespace {

constexpr std::int32_t kMonday = 20'000 / 7 * 7 + 4;  // 1970-01-05 was one

ScoredRow row(float score, std::uint8_t label, std::int32_t day) {
  static int number = 0;
  return {score, label, std::to_string(++number), day};
}

TEST(Weeks, GoFromMondayToSunday) {
  const ScoredRows rows(
      {row(.1F, 0, kMonday - 1), row(.1F, 0, kMonday), row(.1F, 0, kMonday + 6), row(.1F, 0, kMonday + 7)});
  const auto weeks = evaluate(rows.ranked(), {}).weeks;
  ASSERT_EQ(weeks.size(), 3U);
  EXPECT_EQ(weeks[0].first_day, kMonday - 7);
  EXPECT_EQ(weeks[1].first_day, kMonday);
  EXPECT_EQ(weeks[1].rows, 2);
  EXPECT_EQ(weeks[2].first_day, kMonday + 7);
}

TEST(Weeks, AreThoseOfTheCalendarBefore1970Too) {
  const ScoredRows rows({row(.1F, 0, -4), row(.1F, 0, -3), row(.1F, 0, 3), row(.1F, 0, 4)});
  const auto weeks = evaluate(rows.ranked(), {}).weeks;
  ASSERT_EQ(weeks.size(), 3U);
  EXPECT_EQ(weeks[0].first_day, -10);
  EXPECT_EQ(weeks[1].first_day, -3);
  EXPECT_EQ(weeks[2].first_day, 4);
}

TEST(Days, HaveTheFiguresOfTheirRowsAlone) {
  std::mt19937 dice(8);
  const auto rows = ScoredRows::random(2000, 9, .2, dice);
  EvaluationSettings settings;
  settings.threshold = .5;
  settings.top_k = {7};
  const auto days = evaluate(rows.ranked(), settings).days;
  std::size_t number = 0;
  for (const auto& [day, of_day] : naive::by_day(rows.rows())) {
    const Period& period = days.at(number++);
    const auto alone = evaluate(ScoredRows(of_day).plain(), settings);
    EXPECT_EQ(period.first_day, day);
    EXPECT_EQ(period.rows, alone.rows);
    EXPECT_EQ(period.positives, alone.positives);
    for (const auto& [name, figure] : period.figures) EXPECT_EQ(figure, alone.figures.at(name)) << name;
    EXPECT_EQ(period.figures.size(), 7U);
  }
  EXPECT_EQ(days.size(), number);
}

TEST(WorstWeek, LeavesOutWeeksWithTooFewRowsOrFrauds) {
  const ScoredRows rows({row(.9F, 1, kMonday), row(.8F, 1, kMonday), row(.1F, 0, kMonday),  //
                         row(.2F, 1, kMonday + 7), row(.8F, 0, kMonday + 7)});
  EvaluationSettings settings;
  EXPECT_EQ(value(evaluate(rows.ranked(), settings).figures, "worst_week_auc_roc"), 0.0);
  settings.support.frauds = 2;
  EXPECT_EQ(value(evaluate(rows.ranked(), settings).figures, "worst_week_auc_roc"), 1.0);
  settings.support = {3, 1};
  EXPECT_EQ(value(evaluate(rows.ranked(), settings).figures, "worst_week_average_precision"), 1.0);
  settings.support.frauds = 4;
  EXPECT_EQ(evaluate(rows.ranked(), settings).figures.at("worst_week_auc_roc").reason,
            "no week has the rows and the frauds that it takes");
}

}  // namespace
}  // namespace mf::metrics
