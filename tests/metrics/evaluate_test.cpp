#include "mf/metrics/evaluate.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

#include "metrics/naive_figures.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

const EvaluationSettings kSettings{{1, 3, 20}, {.05, .3}};

void expect_near(const Figure& figure, double expected, const char* name) {
  ASSERT_TRUE(figure.value) << name << ": " << figure.reason;
  EXPECT_NEAR(*figure.value, expected, 1e-12) << name;
}

void expect_naive_curve(const std::vector<CalibrationBin>& curve, const naive::Rows& rows) {
  for (std::size_t bin = 0; bin < curve.size(); ++bin) {
    const naive::Rows found = naive::in_bin(rows, bin);
    ASSERT_EQ(curve[bin].rows, std::ssize(found)) << "bin " << bin;
    if (found.empty()) continue;
    expect_near(curve[bin].mean_score, naive::mean_score(found), "mean score");
    expect_near(curve[bin].observed_rate, naive::frauds(found) / static_cast<double>(found.size()), "observed rate");
  }
}

void expect_naive_alerts(const PartMetrics& metrics, const naive::Rows& rows) {
  for (const TopK& top : metrics.top_k) {
    const double hits = naive::frauds(naive::top(rows, top.k));
    expect_near(top.precision, hits / static_cast<double>(top.k), "precision at k");
    expect_near(top.recall, hits / naive::frauds(rows), "recall at k");
  }
  for (const AlertRate& rate : metrics.alert_rates) {
    const naive::Rows alerted = naive::top(rows, rate.alerts);
    if (alerted.empty()) continue;
    EXPECT_EQ(rate.threshold.value, alerted.back().score);
    expect_near(rate.precision, naive::frauds(alerted) / static_cast<double>(alerted.size()), "precision at rate");
    expect_near(rate.recall, naive::frauds(alerted) / naive::frauds(rows), "recall at rate");
  }
}

bool has_both_classes(const PartMetrics& metrics) { return metrics.positives > 0 && metrics.positives < metrics.rows; }

// The expected numbers are scikit-learn's (1.2.1) for the same scores as float32 widened to float64.
TEST(Evaluate, AgreesWithScikitLearnOnTheHandbookRows) {
  const PartMetrics metrics = handbook_rows().evaluated();
  EXPECT_EQ(metrics.rows, 10);
  EXPECT_EQ(metrics.positives, 2);
  EXPECT_EQ(metrics.auc_roc.value, .875);
  EXPECT_EQ(metrics.average_precision.value, .75);
  EXPECT_DOUBLE_EQ(*metrics.log_loss.value, 0.3143996996204181);
  EXPECT_DOUBLE_EQ(*metrics.brier.value, 0.09350000107288367);
  EXPECT_DOUBLE_EQ(*metrics.expected_calibration_error.value, 0.2400000035762787);
}

TEST(Evaluate, AgreesWithScikitLearnOnTiedRows) {
  const PartMetrics metrics = tied_rows().evaluated();
  EXPECT_EQ(metrics.auc_roc.value, .8);
  EXPECT_DOUBLE_EQ(*metrics.average_precision.value, 0.6111111111111112);
  EXPECT_DOUBLE_EQ(*metrics.log_loss.value, 0.5432359526464627);
  EXPECT_DOUBLE_EQ(*metrics.brier.value, 0.18625000126659874);
  EXPECT_DOUBLE_EQ(*metrics.expected_calibration_error.value, 0.1375000048428774);
  EXPECT_DOUBLE_EQ(*metrics.calibration[8].mean_score.value, 0.800000011920929);
  EXPECT_DOUBLE_EQ(*metrics.calibration[8].observed_rate.value, 0.6666666666666666);
}

TEST(Evaluate, AgreesWithTheDefinitionsOnRandomRowsWithManyTies) {
  std::mt19937 dice(20260210);
  for (int round = 0; round < 400; ++round) {
    const auto rows = ScoredRows::random(3 + dice() % 60, 1 + static_cast<int>(dice() % 40), .3, dice);
    const PartMetrics metrics = rows.evaluated(kSettings);
    if (!has_both_classes(metrics)) continue;
    expect_near(metrics.auc_roc, naive::roc_auc(rows.rows()), "ROC AUC");
    expect_near(metrics.average_precision, naive::average_precision(rows.rows()), "average precision");
    expect_near(metrics.log_loss, naive::log_loss(rows.rows()), "log loss");
    expect_near(metrics.brier, naive::brier(rows.rows()), "Brier");
    expect_near(metrics.expected_calibration_error, naive::expected_calibration_error(rows.rows()), "ECE");
    expect_naive_curve(metrics.calibration, rows.rows());
    expect_naive_alerts(metrics, rows.rows());
    ASSERT_FALSE(HasFailure()) << "round " << round;
  }
}

TEST(Evaluate, GivesTheSameBitsForTheSameRowsInAnyOrder) {
  std::mt19937 dice(11);
  for (const int steps : {1, 7, 1000, 16'000'000}) {
    const auto rows = ScoredRows::random(5000, steps, .1, dice);
    const PartMetrics metrics = rows.evaluated(kSettings);
    for (int shuffle = 0; shuffle < 10; ++shuffle) ASSERT_EQ(rows.shuffled(dice).evaluated(kSettings), metrics);
  }
}

TEST(Evaluate, DoesNotTellNegativeZeroFromZero) {
  EXPECT_EQ(ScoredRows::of({-0.0F, 0.0F, .5F}, {1, 0, 1}).evaluated(kSettings),
            ScoredRows::of({0.0F, -0.0F, .5F}, {1, 0, 1}).evaluated(kSettings));
}

TEST(Evaluate, AnswersInTheOrderOfTheSettings) {
  const PartMetrics metrics = tied_rows().evaluated({{5, 2}, {.5, .25}});
  ASSERT_EQ(metrics.top_k.size(), 2U);
  EXPECT_EQ(metrics.top_k[0].k, 5);
  EXPECT_EQ(metrics.top_k[1].k, 2);
  ASSERT_EQ(metrics.alert_rates.size(), 2U);
  EXPECT_EQ(metrics.alert_rates[0].rate, .5);
  EXPECT_EQ(metrics.alert_rates[1].rate, .25);
}

TEST(Evaluate, LeavesEveryFigureOfAnEmptyPartUndefinedWithItsReason) {
  const PartMetrics metrics = ScoredRows().evaluated();
  EXPECT_EQ(metrics.rows, 0);
  for (const Figure& figure : {metrics.auc_roc, metrics.average_precision, metrics.log_loss, metrics.brier,
                               metrics.expected_calibration_error}) {
    EXPECT_EQ(figure, (Figure{std::nullopt, "no rows in this part"}));
  }
}

TEST(Evaluate, RefusesScoresThatAreNoProbabilities) {
  for (const float score :
       {-.1F, 1.1F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    EXPECT_THROW(ScoredRows::of({.5F, score}, {0, 1}).evaluated(), Error) << score;
  }
}

TEST(Evaluate, RanksScoresThatAreNoProbabilitiesAndReadsNoneFromThem) {
  const std::vector<float> odds = {-3.5F, 2.25F, 0, 17, -0.5F, 1e6F};
  const std::vector<std::uint8_t> labels = {0, 1, 0, 0, 0, 1};
  const std::vector<std::string_view> keys = {"a", "b", "c", "d", "e", "f"};
  const auto metrics = evaluate({odds, labels, keys}, {{2}, {0.5}, "they are odds"});
  const std::vector<float> ranks = {0, 0.6F, 0.4F, 0.8F, 0.2F, 1};
  const auto same = evaluate({ranks, labels, keys}, {{2}, {0.5}});
  EXPECT_EQ(metrics.auc_roc, same.auc_roc);
  EXPECT_EQ(metrics.average_precision, same.average_precision);
  EXPECT_EQ(metrics.top_k, same.top_k);
  EXPECT_EQ(metrics.alert_rates.front().threshold.value, 2.25);
  for (const auto& figure : {metrics.log_loss, metrics.brier, metrics.expected_calibration_error})
    EXPECT_EQ(figure, (Figure{std::nullopt, "they are odds"}));
  EXPECT_TRUE(metrics.calibration.empty());
}

TEST(Evaluate, RefusesScoresThatAreNoNumbers) {
  for (const float score : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    const std::vector<float> scores = {score};
    const std::vector<std::uint8_t> labels = {0};
    const std::vector<std::string_view> keys = {"a"};
    EXPECT_THROW(evaluate({scores, labels, keys}, {{}, {}, "they are odds"}), Error);
  }
}

TEST(Evaluate, RefusesRowsWithoutAKey) {
  const std::vector<float> scores{.5F, .6F};
  const std::vector<std::uint8_t> labels{0, 1};
  const std::vector<std::string_view> keys{"a"};
  EXPECT_THROW(evaluate({scores, labels, keys}, {}), Error);
}

}  // namespace
}  // namespace mf::metrics
