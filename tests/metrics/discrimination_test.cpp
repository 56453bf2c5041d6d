#include <gtest/gtest.h>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

Figures figures(const std::vector<float>& scores, const std::vector<int>& labels, std::vector<double> max_fpr = {}) {
  EvaluationSettings settings;
  settings.max_fpr = std::move(max_fpr);
  settings.no_probabilities = "any numbers";
  return ScoredRows::of(scores, labels).evaluated(settings).figures;
}

Figure auc(const std::vector<float>& scores, const std::vector<int>& labels) {
  return figures(scores, labels).at("auc_roc");
}

Figure average_precision(const std::vector<float>& scores, const std::vector<int>& labels) {
  return figures(scores, labels).at("average_precision");
}

TEST(RocAuc, IsOneWhenEveryFraudOutranksTheRestAndZeroTheOtherWayRound) {
  EXPECT_EQ(auc({.1F, .2F, .8F, .9F}, {0, 0, 1, 1}).value, 1.0);
  EXPECT_EQ(auc({.1F, .2F, .8F, .9F}, {1, 1, 0, 0}).value, 0.0);
}

TEST(RocAuc, CountsATieAsHalf) {
  EXPECT_EQ(auc({.5F, .5F}, {0, 1}).value, 0.5);
  EXPECT_EQ(auc({.5F, .5F, .5F, .1F}, {0, 1, 1, 0}).value, 0.75);
}

TEST(RocAuc, RanksAnyFiniteFloatNotOnlyProbabilities) {
  const std::vector<float> ascending = {-1e30F, -2, -1, -1e-40F, 0, 1e-40F, 1, 2, 1e30F};
  for (std::size_t fraud = 0; fraud < ascending.size(); ++fraud) {
    std::vector<int> labels(ascending.size(), 0);
    labels[fraud] = 1;
    EXPECT_EQ(auc(ascending, labels).value, static_cast<double>(fraud) / 8) << "fraud scored " << ascending[fraud];
  }
}

TEST(RocAuc, TakesBothZerosForOneScore) { EXPECT_EQ(auc({-0.0F, 0.0F}, {1, 0}).value, 0.5); }

TEST(RocAuc, IsUndefinedWithoutBothClasses) {
  EXPECT_EQ(auc({}, {}), (Figure{std::nullopt, "no rows in this part"}));
  EXPECT_EQ(auc({.5F}, {0}), (Figure{std::nullopt, "no fraud rows in this part"}));
  EXPECT_EQ(auc({.5F}, {1}), (Figure{std::nullopt, "no legitimate rows in this part"}));
}

TEST(KolmogorovSmirnov, IsTheFarthestThatTheTwoDistributionsAreApart) {
  EXPECT_EQ(figures({.9F, .8F, .2F, .1F}, {1, 1, 0, 0}).at("kolmogorov_smirnov").value, 1.0);
  EXPECT_EQ(figures({.9F, .8F, .2F, .1F}, {0, 0, 1, 1}).at("kolmogorov_smirnov").value, 1.0);
  EXPECT_EQ(figures({.5F, .5F}, {0, 1}).at("kolmogorov_smirnov").value, 0.0);
  EXPECT_EQ(figures({.9F, .5F, .5F, .1F}, {1, 1, 0, 0}).at("kolmogorov_smirnov").value, 0.5);
}

TEST(RecallAtFpr, IsThatOfTheLastTieWithinTheRate) {
  const std::vector<float> scores = {.9F, .8F, .7F, .6F, .5F, .4F};
  EXPECT_EQ(figures(scores, {1, 0, 1, 0, 1, 0}, {1.0 / 3}).at("recall_at_fpr_0.3333333333333333").value, 2.0 / 3);
  EXPECT_EQ(figures(scores, {1, 0, 1, 0, 1, 0}, {.3}).at("recall_at_fpr_0.3").value, 1.0 / 3);
  EXPECT_EQ(figures({.5F, .5F}, {1, 0}, {.3}).at("recall_at_fpr_0.3").value, 0.0) << "no interpolation";
}

TEST(RecallAtFpr, IsNotFooledByProductsThatRoundDown) {
  ASSERT_LT(.29 * 100, 29) << "the case this test is about";
  std::vector<float> scores;
  std::vector<int> labels(101, 0);
  for (int i = 0; i <= 100; ++i) scores.push_back(1 - static_cast<float>(i) / 128);
  labels[29] = 1;
  EXPECT_EQ(figures(scores, labels, {.29}).at("recall_at_fpr_0.29").value, 1.0) << "29 of 100 are false alarms";
  EXPECT_EQ(figures(scores, labels, {.28}).at("recall_at_fpr_0.28").value, 0.0);
}

TEST(PartialAuc, IsOneForAPerfectRankingAndAHalfForNone) {
  EXPECT_EQ(figures({.9F, .8F, .2F, .1F}, {1, 1, 0, 0}, {.25}).at("partial_auc_0.25").value, 1.0);
  EXPECT_DOUBLE_EQ(*figures({.5F, .5F}, {1, 0}, {.25}).at("partial_auc_0.25").value, 0.5);
  EXPECT_EQ(figures({.5F}, {1}, {.25}).at("partial_auc_0.25").reason, "no legitimate rows in this part");
}

TEST(AveragePrecision, IsOneWhenEveryFraudOutranksTheRest) {
  EXPECT_EQ(average_precision({.1F, .9F, .8F, .7F}, {0, 1, 1, 1}).value, 1.0);
}

TEST(AveragePrecision, TakesTiedRowsAsOneThreshold) {
  EXPECT_EQ(average_precision({.5F, .5F, .5F, .5F}, {1, 0, 0, 0}).value, 0.25);
  EXPECT_EQ(average_precision({.5F, .5F, .5F, .5F}, {0, 0, 0, 1}).value, 0.25);
}

TEST(AveragePrecision, IsDefinedWithoutLegitimateRowsButNotWithoutFraud) {
  EXPECT_EQ(average_precision({.5F, .4F}, {1, 1}).value, 1.0);
  EXPECT_EQ(average_precision({.5F, .4F}, {0, 0}), (Figure{std::nullopt, "no fraud rows in this part"}));
  EXPECT_EQ(average_precision({}, {}), (Figure{std::nullopt, "no rows in this part"}));
}

}  // namespace
}  // namespace mf::metrics
