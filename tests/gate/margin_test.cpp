#include "mf/gate/margin.hpp"

#include <gtest/gtest.h>

#include "gate/policies.hpp"

namespace mf::gate {
namespace {

TEST(Margin, IsPositiveOnTheGoodSide) {
  EXPECT_EQ(margin_of(judged(at_least("auc_roc", 0.5), value(0.75))), 0.25);
  EXPECT_EQ(margin_of(judged(at_least("auc_roc", 0.75), value(0.5))), -0.25);
  EXPECT_EQ(margin_of(judged(at_most("brier", 0.5), value(0.75))), -0.25);
  EXPECT_EQ(margin_of(judged(at_most("brier", 0.75), value(0.5))), 0.25);
  EXPECT_EQ(margin_of(judged(at_least("auc_roc", 0.5), value(0.5))), 0.0);
}

TEST(Margin, IsThatOfTheBoundWhichTheThresholdIsFor) {
  EXPECT_EQ(margin_of(judged(by("lower", at_least("auc_roc", 0.5)), between(0.25, 1, value(0.75)))), -0.25);
  EXPECT_EQ(margin_of(judged(by("upper", at_least("auc_roc", 0.5)), between(0.25, 1, value(0.75)))), 0.5);
  EXPECT_EQ(margin_of(judged(by("upper", at_most("brier", 0.5)), between(0.25, 1, value(0.75)))), -0.5);
  EXPECT_EQ(margin_of(judged(not_worse("auc_roc", 0.5), between(-0.25, 1, difference(0)))), 0.25);
}

TEST(Margin, IsNoneWithoutANumber) {
  EXPECT_EQ(margin_of(judged(at_least("auc_roc", 0.5), undefined("one class only"))), std::nullopt);
  EXPECT_EQ(margin_of(judged(by("lower", at_least("auc_roc", 0.5)), value(0.75))), std::nullopt);
}

TEST(Held, IsTheFigureOrTheBoundThatTheThresholdIsFor) {
  EXPECT_EQ(held_by(judged(at_least("auc_roc", 0.5), between(0.25, 1, value(0.75)))), 0.75);
  EXPECT_EQ(held_by(judged(by("lower", at_least("auc_roc", 0.5)), between(0.25, 1, value(0.75)))), 0.25);
  EXPECT_EQ(held_by(judged(not_worse("auc_roc", 0.5), between(-0.25, 1, difference(0)))), -0.25);
}

/// The id of the criterion that decides.
std::string decides(std::vector<contracts::Criterion> criteria) {
  Observed all;
  all.figures = {{"high", value(0.875)}, {"low", value(0.125)}, {"none", undefined("one class only")}};
  const auto verdict = judge(policy(std::move(criteria)), all);
  const auto* result = decisive(verdict);
  return result == nullptr ? "nobody" : result->id;
}

TEST(Decisive, IsTheNearestOfThosePassed) {
  EXPECT_EQ(decides({at_least("high", 0.5), at_least("low", 0)}), "low");
  EXPECT_EQ(decides({at_least("high", 0.75), at_least("low", -1)}), "high");
}

TEST(Decisive, IsTheFarthestOfThoseFailed) {
  EXPECT_EQ(decides({at_least("high", 1), at_least("low", 0.5)}), "low");
  EXPECT_EQ(decides({at_least("high", 1), at_least("low", 0.1)}), "high");
  EXPECT_EQ(decides({at_least("high", 1), at_least("none", 0)}), "none");
}

TEST(Decisive, IsAFailedOneBeforeAnOpenOne) {
  EXPECT_EQ(decides({of_frauds(500, at_least("low", 0.5)), at_least("high", 0.9)}), "high");
  EXPECT_EQ(decides({of_frauds(500, at_least("low", 0.5)), at_least("high", 0.5)}), "low");
}

TEST(Decisive, IsNoWarning) {
  EXPECT_EQ(decides({at_least("low", 0.5, "warn")}), "nobody");
  EXPECT_EQ(decides({at_least("low", 0.5, "warn"), at_least("high", 0.5)}), "high");
}

}  // namespace
}  // namespace mf::gate
