#include "gate/more_frauds.hpp"

#include <gtest/gtest.h>

namespace mf::gate {
namespace {

TEST(MoreFrauds, GrowWithTheSquareOfTheWidth) {
  EXPECT_EQ(more_frauds({0.75, 0.25, 1, 0.5, 100}), 100 * (4 - 1));
  EXPECT_EQ(more_frauds({0.75, -0.25, 1, 0.5, 100}), 100 * (16 - 1));
}

TEST(MoreFrauds, AreForTheSideThatTheThresholdIsOn) {
  EXPECT_EQ(more_frauds({0.75, 0.25, 0.8, 0.5, 10}), 30);
  EXPECT_EQ(more_frauds({0.25, 0.2, 1, 0.5, 10}), 80);
}

TEST(MoreFrauds, AreRoundedUp) {
  EXPECT_EQ(more_frauds({0.5, 0, 1, 0.125, 7}), 6);  // 7 * (16/9 - 1) = 5.4
}

TEST(MoreFrauds, AreAtLeastOne) { EXPECT_EQ(more_frauds({0.75, 0.7, 1, 1, 10}), 1); }

TEST(MoreFrauds, AreNotToldOnTheThreshold) { EXPECT_EQ(more_frauds({0.5, 0.25, 1, 0.5, 100}), std::nullopt); }

TEST(MoreFrauds, AreNotToldWithoutFrauds) { EXPECT_EQ(more_frauds({0.75, 0.25, 1, 0.5, 0}), std::nullopt); }

TEST(MoreFrauds, AreNotToldBeyondWhatDocumentsHold) {
  EXPECT_EQ(more_frauds({0.5 + 1e-15, 0, 1, 0.5, 1000}), std::nullopt);
}

}  // namespace
}  // namespace mf::gate
