#include "mf/engine/effects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace mf::engine {
namespace {

using ::testing::ElementsAre;

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

struct Row {
  std::vector<float> values, effects;
  float bias = 0, margin = 0;
};

FeatureEffects of_rows(const std::vector<Row>& rows) {
  FeatureEffects effects(rows.front().effects.size());
  for (const auto& row : rows)
    effects.add({.row = 0, .values = row.values, .features = row.effects, .bias = row.bias, .margin = row.margin});
  return effects;
}

TEST(EffectOfAFeature, IsTheMeanWithAndWithoutSigns) {
  const auto effects = of_rows({{{0}, {2}}, {{1}, {-4}}, {{2}, {-1}}, {{3}, {1}}}).effects();
  EXPECT_EQ(effects[0].mean_abs, 2);
  EXPECT_EQ(effects[0].mean, -0.5);
}

TEST(EffectOfAFeature, GoesWithItsValueOrAgainstIt) {
  const auto effects = of_rows({{{1, 1}, {2, 3}}, {{2, 2}, {4, 2}}, {{3, 3}, {6, 1}}}).effects();
  EXPECT_NEAR(effects[0].value_correlation.value(), 1, 1e-15);
  EXPECT_NEAR(effects[1].value_correlation.value(), -1, 1e-15);
}

TEST(EffectOfAFeature, KeepsItsDigitsWhereValuesAreLarge) {
  std::vector<Row> rows;
  for (const float step : {0.0F, 1.0F, 2.0F, 3.0F}) rows.push_back({{1.6e7F + step}, {step}});
  EXPECT_NEAR(of_rows(rows).effects()[0].value_correlation.value(), 1, 1e-12);
}

TEST(EffectOfAFeature, CorrelatesWithNothingWhereEitherIsConstantOrMissing) {
  const auto effects = of_rows({{{1, 1, kMissing}, {2, 3, 4}}, {{1, 2, kMissing}, {4, 3, 5}}}).effects();
  for (const auto& effect : effects) EXPECT_FALSE(effect.value_correlation);
  EXPECT_EQ(effects[2].mean_abs, 4.5);
}

TEST(EffectOfAFeature, OfNoRowsIsNothing) {
  const auto effects = FeatureEffects(2).effects();
  EXPECT_EQ(effects[1].mean_abs, 0);
  EXPECT_FALSE(effects[1].value_correlation);
}

TEST(SumOfContributions, IsHeldAgainstTheMargin) {
  const auto check =
      of_rows({{{0, 0}, {1, 2}, 0.5F, 3.5F}, {{0, 0}, {1, 2}, 7, 8}, {{0, 0}, {0, 0}, 0, 0.25F}}).sum_check();
  EXPECT_EQ(check.largest_difference, 2);
  EXPECT_EQ(check.largest_relative, 0.25);
}

TEST(EffectOfAPair, IsBothHalvesOfIt) {
  PairEffects pairs(2);
  pairs.add({.row = 0, .features = 2, .matrix = std::vector<float>{9, 1, 0, 2, 9, 0, 0, 0, 9}});
  pairs.add({.row = 1, .features = 2, .matrix = std::vector<float>{9, -3, 0, -2, 9, 0, 0, 0, 9}});
  const auto found = pairs.strongest(5);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first, 0U);
  EXPECT_EQ(found[0].second, 1U);
  EXPECT_EQ(found[0].mean_abs, 4);
  EXPECT_EQ(found[0].mean, -1);
}

TEST(PairsOfFeatures, ComeStrongestFirstAndThenInTheirOrder) {
  // Pairs (0,1), (0,2), (1,2) of three features.
  const auto matrix = [](float a, float b, float c) {
    return std::vector<float>{0, a, b, 0, a, 0, c, 0, b, c, 0, 0, 0, 0, 0, 0};
  };
  PairEffects pairs(3);
  const auto numbers = matrix(1, -2, 1);
  pairs.add({.row = 0, .features = 3, .matrix = numbers});
  const auto found = pairs.strongest(3);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].second, 2U);
  EXPECT_EQ(found[0].mean, -4);
  EXPECT_EQ(found[1].second, 1U);
  EXPECT_EQ(found[2].first, 1U);
  EXPECT_EQ(pairs.strongest(1).size(), 1U);
}

TEST(PairsOfFeatures, ThatAddNothingAreNotNamed) {
  PairEffects pairs(2);
  pairs.add({.row = 0, .features = 2, .matrix = std::vector<float>(9, 0)});
  EXPECT_TRUE(pairs.strongest(5).empty());
  EXPECT_TRUE(PairEffects(0).strongest(5).empty());
}

TEST(RankOfSizes, IsLargestFirstAndThenInTheirOrder) { EXPECT_THAT(ranked({1, 3, 2, 3}), ElementsAre(1, 3, 2, 0)); }

TEST(RankCorrelation, IsOfRanksAndAveragesTies) {
  EXPECT_NEAR(rank_correlation({1, 2, 3}, {10, 100, 1000}).value(), 1, 1e-15);
  EXPECT_NEAR(rank_correlation({1, 2, 3}, {3, 2, 1}).value(), -1, 1e-15);
  EXPECT_NEAR(rank_correlation({1, 2, 2, 3}, {1, 3, 2, 4}).value(), 0.9486832980505138, 1e-15);  // scipy's spearmanr
}

TEST(RankCorrelation, IsNothingWhereAListIsConstantOrShort) {
  EXPECT_FALSE(rank_correlation({1, 1}, {1, 2}));
  EXPECT_FALSE(rank_correlation({1}, {1}));
  EXPECT_FALSE(rank_correlation({}, {}));
}

}  // namespace
}  // namespace mf::engine
