#include "metrics/threshold.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

const Figure kNoFraud{std::nullopt, "no fraud rows in this part"};
const Figure kNoLegitimate{std::nullopt, "no legitimate rows in this part"};

Figures at(double threshold, const ScoredRows& rows, const std::optional<Costs>& costs = {}) {
  EvaluationSettings settings;
  settings.threshold = threshold;
  settings.costs = costs;
  return evaluate(rows.ranked(), settings).figures;
}

/// Frauds of 10 and 30, the first found at 0.5; legitimate rows of 5 and 7, the first a false alarm.
const ScoredRows kMoney(
    {{.9F, 1, "a", 0, 0, 10}, {.8F, 0, "b", 0, 0, 5}, {.3F, 1, "c", 0, 0, 30}, {.1F, 0, "d", 0, 0, 7}});

TEST(AtThreshold, AlertsOnAScoreThatEqualsIt) {
  EXPECT_EQ(value(at(.5, tied_rows()), "recall"), 1.0);
  EXPECT_EQ(value(at(std::nextafter(.5, 1.0), tied_rows()), "recall"), 2.0 / 3);
}

TEST(AtThreshold, ComparesTheScoreAsADouble) {
  EXPECT_EQ(value(at(.8, tied_rows()), "recall"), 2.0 / 3) << "0.8F is 0.800000011920929";
  EXPECT_EQ(value(at(.9, handbook_rows()), "recall"), 0.0) << "0.9F is 0.899999976158142";
}

TEST(AtThreshold, HasNoPrecisionWithoutAlerts) {
  const auto figures = at(2, tied_rows());
  EXPECT_EQ(figures.at("precision").reason, "no row is alerted on");
  EXPECT_EQ(figures.at("mcc").reason, "no row is alerted on");
  EXPECT_EQ(figures.at("value_precision").reason, "no row is alerted on");
  EXPECT_EQ(value(figures, "recall"), 0.0);
  EXPECT_EQ(value(figures, "f1"), 0.0);
  EXPECT_EQ(value(figures, "balanced_error_rate"), .5);
}

TEST(AtThreshold, HasNoCorrelationWhenEverythingIsAlertedOn) {
  EXPECT_EQ(at(0, tied_rows()).at("mcc").reason, "every row is alerted on");
  EXPECT_EQ(value(at(0, tied_rows()), "g_mean"), 0.0);
}

TEST(AtThreshold, NeedsTheClassesThatAFigureIsAbout) {
  const auto clean = at(.5, ScoredRows::of({.9F, .1F}, {0, 0}));
  for (const char* name : {"recall", "f1", "mcc", "balanced_error_rate", "g_mean", "value_recall"})
    EXPECT_EQ(clean.at(name), kNoFraud) << name;
  EXPECT_EQ(value(clean, "precision"), 0.0);
  const auto guilty = at(.5, ScoredRows::of({.9F, .1F}, {1, 1}));
  for (const char* name : {"false_positive_rate", "mcc", "balanced_error_rate", "g_mean"})
    EXPECT_EQ(guilty.at(name), kNoLegitimate) << name;
  EXPECT_EQ(value(guilty, "recall"), .5);
}

TEST(AtThreshold, CountsMoney) {
  const auto figures = at(.5, kMoney);
  EXPECT_EQ(value(figures, "value_recall"), .25);
  EXPECT_EQ(value(figures, "value_precision"), 10.0 / 15);
}

TEST(AtThreshold, CostsAlertsAndMissedFrauds) {
  const auto figures = at(.5, kMoney, Costs{2, 1, .5});
  EXPECT_EQ(value(figures, "cost_per_row"), (2 * 2 + 1 + .5 * 30) / 4);
  EXPECT_EQ(value(figures, "savings"), 1 - 20.0 / 8) << "alerting on all four would have cost 8";
}

TEST(AtThreshold, SavesNothingWhereNothingCosts) {
  EXPECT_EQ(at(.5, kMoney, Costs{0, 1, 0}).at("savings").reason,
            "alerting on nothing, or on everything, costs nothing");
}

TEST(AtThreshold, HasNoFigureInMoneyThatAnAmountIsMissingFor) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const ScoredRows legitimate({{.9F, 1, "a", 0, 0, 10}, {.8F, 0, "b", 0, 0, nan}});
  EXPECT_EQ(at(.5, legitimate).at("value_precision").reason, "1 rows have no amount");
  EXPECT_EQ(at(.5, legitimate).at("average_precision_by_value").reason, "1 rows have no amount");
  EXPECT_EQ(value(at(.5, legitimate), "value_recall"), 1.0);
  const ScoredRows fraud({{.9F, 1, "a", 0, 0, nan}, {.8F, 0, "b", 0, 0, 1}});
  EXPECT_EQ(at(.5, fraud).at("value_recall").reason, "1 fraud rows have no amount");
  EXPECT_EQ(at(.5, fraud, Costs{1, 0, 1}).at("cost_per_row").reason, "1 fraud rows have no amount");
  EXPECT_EQ(value(at(.5, fraud, Costs{1, 0, 0}), "cost_per_row"), 1.0) << "where amounts cost nothing";
  const ScoredRows refund({{.9F, 1, "a", 0, 0, -1}, {.8F, 0, "b", 0, 0, 1}});
  EXPECT_EQ(at(.5, refund).at("value_recall").reason, "1 fraud rows have a negative amount");
}

TEST(AtThreshold, HasNoValueRecallWhereFraudsComeToNothing) {
  const ScoredRows rows({{.9F, 1, "a", 0, 0, 0}, {.8F, 0, "b", 0, 0, 0}});
  EXPECT_EQ(at(.5, rows).at("value_recall").reason, "the frauds of this part come to no amount");
  EXPECT_EQ(at(.5, rows).at("value_precision").reason, "the alerts come to no amount");
}

TEST(GroupFalsePositives, AreTheLowestRateByTheHighest) {
  const ScoredRows rows({{.9F, 0, "a", 0, 0, 1, "x"},
                         {.1F, 0, "b", 0, 0, 1, "x"},
                         {.9F, 0, "c", 0, 0, 1, "y"},
                         {.1F, 0, "d", 0, 0, 1, "y"},
                         {.2F, 0, "e", 0, 0, 1, "y"},
                         {.3F, 0, "f", 0, 0, 1, "y"},
                         {.9F, 1, "g", 0, 0, 1, "z"}});
  EXPECT_EQ(value(at(.5, rows), "fpr_ratio_group"), .5) << "z has no legitimate row";
  EXPECT_EQ(at(.95, rows).at("fpr_ratio_group").reason, "no group has a false alarm");
}

TEST(GroupFalsePositives, LeaveOutGroupsWithTooFewRows) {
  const ScoredRows rows({{.9F, 0, "a", 0, 0, 1, "x"}, {.9F, 0, "b", 0, 0, 1, "y"}, {.1F, 0, "c", 0, 0, 1, "y"}});
  EvaluationSettings settings;
  settings.threshold = .5;
  settings.support.rows = 2;
  EXPECT_EQ(evaluate(rows.ranked(), settings).figures.at("fpr_ratio_group").reason,
            "fewer than two groups have the legitimate rows that it takes");
}

}  // namespace
}  // namespace mf::metrics
