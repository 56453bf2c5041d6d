#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "metrics/naive_figures.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

Figure auc(const std::vector<float>& scores, const std::vector<std::uint8_t>& labels) {
  return roc_auc(scores, labels);
}

Figure average_precision(const std::vector<float>& scores, const std::vector<int>& labels) {
  return ScoredRows::of(scores, labels).evaluated().average_precision;
}

TEST(RocAuc, IsOneWhenEveryFraudOutranksTheRestAndZeroTheOtherWayRound) {
  EXPECT_EQ(auc({.1F, .2F, .8F, .9F}, {0, 0, 1, 1}).value, 1.0);
  EXPECT_EQ(auc({.1F, .2F, .8F, .9F}, {1, 1, 0, 0}).value, 0.0);
}

TEST(RocAuc, CountsATieAsHalf) {
  EXPECT_EQ(auc({.5F, .5F}, {0, 1}).value, 0.5);
  EXPECT_EQ(auc({.5F, .5F, .5F, .1F}, {0, 1, 1, 0}).value, 0.75);
}

TEST(RocAuc, RanksAnyFloatNotOnlyProbabilities) {
  const std::vector<float> ascending = {-kInfinity, -1e30F, -2, -1, -1e-40F, 0, 1e-40F, 1, 2, 1e30F, kInfinity};
  for (std::size_t fraud = 0; fraud < ascending.size(); ++fraud) {
    std::vector<std::uint8_t> labels(ascending.size(), 0);
    labels[fraud] = 1;
    EXPECT_EQ(auc(ascending, labels).value, static_cast<double>(fraud) / 10) << "fraud scored " << ascending[fraud];
  }
}

TEST(RocAuc, TakesBothZerosForOneScore) { EXPECT_EQ(auc({-0.0F, 0.0F}, {1, 0}).value, 0.5); }

TEST(RocAuc, RanksNanBelowEverything) {
  EXPECT_EQ(auc({kNan, -kInfinity}, {1, 0}).value, 0.0);
  EXPECT_EQ(auc({kNan, -kInfinity}, {0, 1}).value, 1.0);
}

TEST(RocAuc, TakesEveryNanForOneScore) {
  const float negative_nan = std::bit_cast<float>(0xFFFF'FFFFU), signalling = std::bit_cast<float>(0x7F80'0001U);
  EXPECT_EQ(auc({kNan, negative_nan, signalling, -kNan}, {1, 0, 0, 0}).value, 0.5);
}

TEST(RocAuc, EqualsThePairsCountedOneByOneForFloatsOfAllSizes) {
  std::mt19937 dice(7);
  std::vector<float> scores;
  std::vector<int> labels;
  while (scores.size() < 1500) {
    const auto score = std::bit_cast<float>(static_cast<std::uint32_t>(dice()));
    if (std::isnan(score)) continue;
    scores.push_back(score);
    labels.push_back(dice() % 3 == 0);
  }
  const std::vector<std::uint8_t> bytes(labels.begin(), labels.end());
  EXPECT_EQ(auc(scores, bytes).value, naive::roc_auc(ScoredRows::of(scores, labels).rows()));
}

TEST(RocAuc, IsUndefinedWithoutBothClasses) {
  EXPECT_EQ(auc({}, {}), (Figure{std::nullopt, "no rows in this part"}));
  EXPECT_EQ(auc({.5F}, {0}), (Figure{std::nullopt, "no fraud rows in this part"}));
  EXPECT_EQ(auc({.5F}, {1}), (Figure{std::nullopt, "no legitimate rows in this part"}));
}

TEST(RocAuc, RefusesRowsWithoutALabelAndLabelsThatAreNeitherZeroNorOne) {
  EXPECT_THROW(auc({.1F, .2F}, {1}), Error);
  EXPECT_THROW(auc({.1F, .2F}, {1, 2}), Error);
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
