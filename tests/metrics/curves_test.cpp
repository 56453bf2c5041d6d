#include "metrics/curves.hpp"

#include <gtest/gtest.h>

#include "metrics/naive_figures.hpp"

namespace mf::metrics {
namespace {

EvaluationSettings with_costs() {
  EvaluationSettings settings;
  settings.costs = Costs{1, 2, .5};
  return settings;
}

TEST(OperatingCurve, IsEveryDistinctScoreWhereTheyAreFew) {
  const auto points = tied_rows().evaluated().curves.points;
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[0].threshold, .8F);
  EXPECT_EQ(points[0].alerts, 3);
  EXPECT_EQ(points[0].frauds, 2);
  EXPECT_EQ(points[0].false_positive_rate, .2);
  EXPECT_EQ(points[0].recall, 2.0 / 3);
  EXPECT_EQ(points[0].precision, 2.0 / 3);
  EXPECT_EQ(points[0].alert_share, 3.0 / 8);
  EXPECT_EQ(points[0].value_recall, std::nullopt) << "these rows have no amounts";
  EXPECT_EQ(points[1].false_positive_rate, .6);
  EXPECT_EQ(points[2].recall, 1.0);
}

TEST(OperatingCurve, IsThinnedWithoutASkipLongerThanAHundredthBeyondOneTie) {
  std::mt19937 dice(4);
  const auto rows = ScoredRows::random(20'000, 16'000'000, .05, dice);
  const auto points = evaluate(rows.ranked(), with_costs()).curves.points;
  EXPECT_LE(points.size(), kCurvePoints);
  EXPECT_GT(points.size(), 100U);
  EXPECT_EQ(points.back().alert_share, 1.0);
  for (std::size_t i = 1; i < points.size(); ++i) {
    EXPECT_LT(points[i].threshold, points[i - 1].threshold);
    EXPECT_LE(*points[i].recall - *points[i - 1].recall, .011);
    EXPECT_LE(*points[i].false_positive_rate - *points[i - 1].false_positive_rate, .011);
  }
}

TEST(OperatingCurve, HasTheFiguresOfItsThresholds) {
  std::mt19937 dice(6);
  const auto rows = ScoredRows::random(300, 1000, .2, dice);
  for (const OperatingPoint& point : evaluate(rows.ranked(), with_costs()).curves.points) {
    auto settings = with_costs();
    settings.threshold = point.threshold;
    const auto there = evaluate(rows.ranked(), settings).figures;
    EXPECT_EQ(point.recall, there.at("recall").value);
    EXPECT_EQ(point.precision, there.at("precision").value);
    EXPECT_EQ(point.false_positive_rate, there.at("false_positive_rate").value);
    EXPECT_EQ(point.alert_share, there.at("alert_share").value);
    EXPECT_NEAR(*point.value_recall, value(there, "value_recall"), 1e-12);
    EXPECT_NEAR(*point.cost_per_row, value(there, "cost_per_row"), 1e-12);
  }
}

TEST(OperatingCurve, LeavesOutWhatIsUndefined) {
  const auto points = ScoredRows::of({.5F, .4F}, {0, 0}).evaluated().curves.points;
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].recall, std::nullopt);
  EXPECT_EQ(points[0].false_positive_rate, .5);
  EXPECT_EQ(points[0].cost_per_row, std::nullopt);
}

TEST(ScoreHistogram, HasFiftyBinsThatIncludeTheirUpperEdges) {
  const auto bins = ScoredRows::of({0, .02F, .5F, 1, 1}, {0, 0, 1, 1, 0}).evaluated().curves.scores;
  ASSERT_EQ(std::ssize(bins), kHistogramBins);
  EXPECT_EQ(bins[0], (HistogramBin{0, .02, 2, 0})) << "0.02F is 0.0199999995529652";
  EXPECT_EQ(bins[24], (HistogramBin{.48, .5, 1, 1}));
  EXPECT_EQ(bins[49].upper, 1);
  EXPECT_EQ(bins[49].rows, 2);
  EXPECT_EQ(bins[49].frauds, 1);
}

TEST(ScoreHistogram, HasOneBinWhenAllScoresThatAreNoProbabilitiesAreOne) {
  EvaluationSettings settings;
  settings.no_probabilities = "any numbers";
  const auto bins = ScoredRows::of({7, 7}, {0, 1}).evaluated(settings).curves.scores;
  EXPECT_EQ(bins, (std::vector<HistogramBin>{{7, 7, 2, 1}}));
}

}  // namespace
}  // namespace mf::metrics
