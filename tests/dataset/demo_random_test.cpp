#include "dataset/demo_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace mf::dataset {
namespace {

std::vector<std::int64_t> draws(Dice dice, std::int64_t bound, int count) {
  std::vector<std::int64_t> values;
  for (int i = 0; i < count; ++i) values.push_back(dice.below(bound));
  return values;
}

TEST(Dice, GiveTheSameNumbersForTheSameSeedAndStream) { EXPECT_EQ(draws({7, 1}, 1'000, 50), draws({7, 1}, 1'000, 50)); }

TEST(Dice, GiveOtherNumbersForAnotherSeedOrStream) {
  EXPECT_NE(draws({7, 1}, 1'000, 50), draws({8, 1}, 1'000, 50));
  EXPECT_NE(draws({7, 1}, 1'000, 50), draws({7, 2}, 1'000, 50));
}

TEST(Dice, FallEvenlyWithinTheirBound) {
  std::vector<int> counts(6);
  for (const auto value : draws({1, 1}, 6, 60'000)) ++counts.at(static_cast<std::size_t>(value));
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 400);  // about four standard deviations
}

TEST(Dice, ReachBothEndsOfARange) {
  Dice dice(1, 1);
  std::vector<std::int64_t> values(200);
  for (auto& value : values) value = dice.between(-1, 2);
  EXPECT_EQ(*std::min_element(values.begin(), values.end()), -1);
  EXPECT_EQ(*std::max_element(values.begin(), values.end()), 2);
}

TEST(Dice, FollowWeights) {
  Dice dice(1, 1);
  const std::vector<std::int64_t> weights = {0, 3, 0, 1};
  std::vector<int> counts(4);
  for (int i = 0; i < 40'000; ++i) ++counts[dice.weighted(weights)];
  EXPECT_EQ(counts[0] + counts[2], 0);
  EXPECT_NEAR(counts[1], 30'000, 400);
}

TEST(Dice, FollowQuantiles) {
  Dice dice(1, 1);
  const std::vector<std::int64_t> quantiles = {0, 100, 1'000};
  std::vector<std::int64_t> values(20'000);
  for (auto& value : values) value = dice.shaped(quantiles);
  EXPECT_GE(*std::min_element(values.begin(), values.end()), 0);
  EXPECT_LE(*std::max_element(values.begin(), values.end()), 1'000);
  const auto lower_half = std::count_if(values.begin(), values.end(), [](auto v) { return v < 100; });
  EXPECT_NEAR(static_cast<double>(lower_half), 10'000, 300);
}

TEST(Dice, ChanceIsInPermille) {
  Dice dice(1, 1);
  int hits = 0;
  for (int i = 0; i < 40'000; ++i) hits += dice.chance(250) ? 1 : 0;
  EXPECT_NEAR(hits, 10'000, 400);
}

}  // namespace
}  // namespace mf::dataset
