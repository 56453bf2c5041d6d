#include <gtest/gtest.h>

#include <cmath>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

Figure log_loss(const std::vector<float>& scores, const std::vector<int>& labels) {
  return ScoredRows::of(scores, labels).evaluated().figures.at("log_loss");
}

Figure brier(const std::vector<float>& scores, const std::vector<int>& labels) {
  return ScoredRows::of(scores, labels).evaluated().figures.at("brier");
}

TEST(LogLoss, IsTheMeanSurprise) {
  EXPECT_DOUBLE_EQ(*log_loss({.5F, .25F}, {1, 0}).value, -(std::log(.5) + std::log(.75)) / 2);
}

TEST(LogLoss, KeepsScoresOffZeroAndOneByTheDoubleEpsilon) {
  EXPECT_EQ(log_loss({0}, {1}).value, -std::log(2.220446049250313e-16));
  EXPECT_EQ(log_loss({1}, {0}).value, -std::log(2.220446049250313e-16));
  EXPECT_EQ(log_loss({1e-30F}, {1}).value, -std::log(2.220446049250313e-16));
  EXPECT_NEAR(*log_loss({0, 1}, {0, 1}).value, 2.220446049250313e-16, 1e-30);
}

TEST(Brier, IsTheMeanSquaredDistance) {
  EXPECT_EQ(brier({.5F, .25F}, {1, 0}).value, (.25 + .0625) / 2);
  EXPECT_EQ(brier({1, 0}, {1, 0}).value, 0.0);
  EXPECT_EQ(brier({1, 0}, {0, 1}).value, 1.0);
}

TEST(Brier, KeepsItsDigitsOverManyRows) {
  const std::size_t rows = 200'000;
  std::vector<float> scores;
  long double squares = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    scores.push_back(0.5F + static_cast<float>(2 * i + 1) * 0x1p-24F);
    squares += static_cast<long double>(scores.back()) * static_cast<long double>(scores.back());
  }
  EXPECT_DOUBLE_EQ(*brier(scores, std::vector<int>(rows, 0)).value, static_cast<double>(squares / rows));
}

TEST(Losses, NeedARowButNotBothClasses) {
  EXPECT_EQ(log_loss({}, {}), (Figure{std::nullopt, "no rows in this part"}));
  EXPECT_EQ(brier({}, {}), (Figure{std::nullopt, "no rows in this part"}));
  EXPECT_EQ(log_loss({.5F}, {0}).value, -std::log(.5));
  EXPECT_EQ(brier({.5F}, {1}).value, .25);
}

}  // namespace
}  // namespace mf::metrics
