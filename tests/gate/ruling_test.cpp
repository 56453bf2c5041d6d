#include "gate/ruling.hpp"

#include <gtest/gtest.h>

#include "gate/policies.hpp"

namespace mf::gate {
namespace {

using contracts::CriterionResult;

std::string outcome(const contracts::Criterion& asked, const Observation& observed) {
  return judged(asked, observed).outcome;
}

std::string outcome(const contracts::Comparison& asked, const PairedObservation& observed) {
  return judged(asked, observed).outcome;
}

TEST(Point, AtLeastPassesOnItsThresholdAndAbove) {
  EXPECT_EQ(outcome(at_least("auc_roc", 0.8), value(just_above(0.8))), "PASS");
  EXPECT_EQ(outcome(at_least("auc_roc", 0.8), value(0.8)), "PASS");
  EXPECT_EQ(outcome(at_least("auc_roc", 0.8), value(just_below(0.8))), "FAIL");
}

TEST(Point, AtMostPassesOnItsThresholdAndBelow) {
  EXPECT_EQ(outcome(at_most("brier", 0.2), value(just_below(0.2))), "PASS");
  EXPECT_EQ(outcome(at_most("brier", 0.2), value(0.2)), "PASS");
  EXPECT_EQ(outcome(at_most("brier", 0.2), value(just_above(0.2))), "FAIL");
}

TEST(Point, TakesNoNoticeOfTheInterval) {
  EXPECT_EQ(outcome(at_least("auc_roc", 0.8), between(0.1, 0.9, value(0.8))), "PASS");
  EXPECT_EQ(outcome(by("point", at_least("auc_roc", 0.8)), between(0.1, 0.9, value(0.8))), "PASS");
  EXPECT_EQ(outcome(by("point", at_least("auc_roc", 0.8)), value(0.8)), "PASS");
}

TEST(Point, FailsWhenItIsNoNumber) {
  EXPECT_EQ(outcome(at_least("auc_roc", 0), value(std::nan(""))), "FAIL");
  EXPECT_EQ(outcome(at_most("brier", 1), value(std::nan(""))), "FAIL");
}

TEST(LowerBound, AtLeastPassesOnItsThresholdAndAbove) {
  const auto asked = by("lower", at_least("auc_roc", 0.8));
  EXPECT_EQ(outcome(asked, between(just_above(0.8), 0.9, value(0.85))), "PASS");
  EXPECT_EQ(outcome(asked, between(0.8, 0.9, value(0.85))), "PASS");
  EXPECT_EQ(outcome(asked, between(just_below(0.8), 0.9, value(0.85))), "INCONCLUSIVE");
}

TEST(LowerBound, AtLeastFailsWhenNotEvenTheUpperBoundIsThere) {
  const auto asked = by("lower", at_least("auc_roc", 0.8));
  EXPECT_EQ(outcome(asked, between(0.7, just_above(0.8), value(0.75))), "INCONCLUSIVE");
  EXPECT_EQ(outcome(asked, between(0.7, 0.8, value(0.75))), "INCONCLUSIVE");
  EXPECT_EQ(outcome(asked, between(0.7, just_below(0.8), value(0.75))), "FAIL");
}

TEST(UpperBound, AtMostPassesOnItsThresholdAndBelow) {
  const auto asked = by("upper", at_most("brier", 0.2));
  EXPECT_EQ(outcome(asked, between(0.1, just_below(0.2), value(0.15))), "PASS");
  EXPECT_EQ(outcome(asked, between(0.1, 0.2, value(0.15))), "PASS");
  EXPECT_EQ(outcome(asked, between(0.1, just_above(0.2), value(0.15))), "INCONCLUSIVE");
}

TEST(UpperBound, AtMostFailsWhenNotEvenTheLowerBoundIsThere) {
  const auto asked = by("upper", at_most("brier", 0.2));
  EXPECT_EQ(outcome(asked, between(just_below(0.2), 0.3, value(0.25))), "INCONCLUSIVE");
  EXPECT_EQ(outcome(asked, between(0.2, 0.3, value(0.25))), "INCONCLUSIVE");
  EXPECT_EQ(outcome(asked, between(just_above(0.2), 0.3, value(0.25))), "FAIL");
}

TEST(LenientBound, PassesOrFailsAndLeavesNothingOpen) {
  const auto upper = by("upper", at_least("auc_roc", 0.8));
  EXPECT_EQ(outcome(upper, between(0.7, just_above(0.8), value(0.75))), "PASS");
  EXPECT_EQ(outcome(upper, between(0.7, 0.8, value(0.75))), "PASS");
  EXPECT_EQ(outcome(upper, between(0.7, just_below(0.8), value(0.75))), "FAIL");
  const auto lower = by("lower", at_most("brier", 0.2));
  EXPECT_EQ(outcome(lower, between(just_below(0.2), 0.3, value(0.25))), "PASS");
  EXPECT_EQ(outcome(lower, between(0.2, 0.3, value(0.25))), "PASS");
  EXPECT_EQ(outcome(lower, between(just_above(0.2), 0.3, value(0.25))), "FAIL");
}

TEST(Bound, IsInconclusiveWithoutAnInterval) {
  for (const auto& asked : {by("lower", at_least("auc_roc", 0.8)), by("upper", at_least("auc_roc", 0.8)),
                            by("lower", at_most("auc_roc", 0.8)), by("upper", at_most("auc_roc", 0.8))}) {
    const auto result = judged(asked, value(0.9));
    EXPECT_EQ(result.outcome, "INCONCLUSIVE");
    EXPECT_EQ(result.interval, std::nullopt);
    EXPECT_EQ(result.more_frauds_needed, std::nullopt);
    EXPECT_EQ(result.reason, "auc_roc of test is 0.9 without an interval: only 94 % of the resamples have a value");
  }
}

TEST(Bound, SaysHowManyMoreFraudsWouldSettleIt) {
  const auto result = judged(by("lower", at_least("auc_roc", 0.75)), between(0.25, 1, value(0.875)));
  EXPECT_EQ(result.outcome, "INCONCLUSIVE");
  EXPECT_EQ(result.more_frauds_needed, 100 * (25 - 1));
  EXPECT_EQ(result.reason,
            "auc_roc of test is 0.875, between 0.25 and 1; its lower bound should be at least 0.75; about 2400 more "
            "frauds would settle it");
}

TEST(Bound, ThatFailsOrPassesNeedsNoMoreFrauds) {
  EXPECT_EQ(judged(by("lower", at_least("auc_roc", 0.5)), between(0.6, 0.8, value(0.7))).more_frauds_needed,
            std::nullopt);
  const auto failed = judged(by("lower", at_least("auc_roc", 0.9)), between(0.6, 0.8, value(0.7)));
  EXPECT_EQ(failed.more_frauds_needed, std::nullopt);
  EXPECT_EQ(failed.reason,
            "auc_roc of test is 0.7, between 0.6 and 0.8; its lower bound should be at least 0.9, and no bound is");
}

TEST(Undefined, FailsEveryKind) {
  for (const auto& asked :
       {at_least("brier", 0), at_most("brier", 1), by("lower", at_least("brier", 0)), by("upper", at_least("brier", 0)),
        by("upper", at_most("brier", 1)), by("lower", at_most("brier", 1))}) {
    const auto result = judged(asked, undefined("one class only"));
    EXPECT_EQ(result.outcome, "FAIL");
    EXPECT_EQ(result.observed, std::nullopt);
    EXPECT_EQ(result.reason, "brier of test is undefined: one class only");
  }
}

TEST(Support, OfTheLeastNumberIsEnough) {
  EXPECT_EQ(outcome(of_frauds(100, at_least("auc_roc", 0.8)), value(0.8)), "PASS");
  EXPECT_EQ(outcome(of_rows(1000, at_least("auc_roc", 0.8)), value(0.8)), "PASS");
  EXPECT_EQ(outcome(of_frauds(100, at_least("auc_roc", 0.8)), value(0.7)), "FAIL");
}

TEST(Support, ThatIsTooLittleConcludesNothingWhateverTheFigure) {
  for (const auto& observed : {value(0.9), value(0.1), undefined("no rows"), between(0.85, 0.95, value(0.9))})
    for (const char* bound : {"point", "lower", "upper"}) {
      EXPECT_EQ(outcome(of_frauds(101, by(bound, at_least("auc_roc", 0.8))), observed), "INCONCLUSIVE");
      EXPECT_EQ(outcome(of_rows(1001, by(bound, at_least("auc_roc", 0.8))), observed), "INCONCLUSIVE");
    }
}

TEST(Support, SaysWhatIsMissing) {
  const auto few_frauds = judged(of_frauds(130, at_least("auc_roc", 0.8)), value(0.9));
  EXPECT_EQ(few_frauds.reason, "auc_roc of test has 100 frauds, should have at least 130");
  EXPECT_EQ(few_frauds.more_frauds_needed, 30);
  const auto few_rows = judged(of_rows(1001, at_least("auc_roc", 0.8)), value(0.9));
  EXPECT_EQ(few_rows.reason, "auc_roc of test has 1000 rows, should have at least 1001");
  EXPECT_EQ(few_rows.more_frauds_needed, std::nullopt);
  EXPECT_EQ(few_rows.observed, 0.9);
}

TEST(Comparison, PassesWhenTheLowerBoundIsWithinTheMargin) {
  const auto asked = not_worse("auc_roc", 0.02);
  EXPECT_EQ(outcome(asked, between(just_above(-0.02), 0.03, difference(0.01))), "PASS");
  EXPECT_EQ(outcome(asked, between(-0.02, 0.03, difference(0.01))), "PASS");
  EXPECT_EQ(outcome(asked, between(just_below(-0.02), 0.03, difference(0.01))), "INCONCLUSIVE");
}

TEST(Comparison, FailsWhenNotEvenTheUpperBoundIsWithinTheMargin) {
  const auto asked = not_worse("auc_roc", 0.02);
  EXPECT_EQ(outcome(asked, between(-0.06, just_above(-0.02), difference(-0.04))), "INCONCLUSIVE");
  EXPECT_EQ(outcome(asked, between(-0.06, -0.02, difference(-0.04))), "INCONCLUSIVE");
  EXPECT_EQ(outcome(asked, between(-0.06, just_below(-0.02), difference(-0.04))), "FAIL");
}

TEST(Comparison, OfTheSameModelPassesWithoutAMargin) {
  const auto result = judged(not_worse("auc_roc", 0), between(0, 0, difference(0)));
  EXPECT_EQ(result.outcome, "PASS");
  EXPECT_FALSE(std::signbit(result.threshold));
}

TEST(Comparison, IsInconclusiveWithoutAnIntervalOrWithTooFewFrauds) {
  EXPECT_EQ(outcome(not_worse("auc_roc", 0.02), difference(0.5)), "INCONCLUSIVE");
  auto asked = not_worse("auc_roc", 0.02);
  asked.min_frauds = 101;
  EXPECT_EQ(outcome(asked, between(0.4, 0.6, difference(0.5))), "INCONCLUSIVE");
  asked.min_frauds = 100;
  EXPECT_EQ(outcome(asked, between(0.4, 0.6, difference(0.5))), "PASS");
}

TEST(Comparison, ThatCannotBeMadeFails) {
  PairedObservation observed;
  observed.candidate = 0.9;
  observed.reason = "the baseline has one class only";
  const auto result = judged(not_worse("auc_roc", 1), observed);
  EXPECT_EQ(result.outcome, "FAIL");
  EXPECT_EQ(result.reason, "auc_roc of test cannot be compared with the baseline's: the baseline has one class only");
}

TEST(Comparison, RecordsBothFiguresAndTheirDifference) {
  const auto result = judged(not_worse("auc_roc", 0.25), between(-0.5, 0.25, difference(-0.125)));
  EXPECT_EQ(result.comparison, "not_worse");
  EXPECT_EQ(result.bound, "lower");
  EXPECT_EQ(result.threshold, -0.25);
  EXPECT_EQ(result.observed, 0.625);
  EXPECT_EQ(result.baseline, 0.75);
  EXPECT_EQ(result.difference, -0.125);
  EXPECT_EQ(result.interval, (contracts::ObservedInterval{-0.5, 0.25}));
  EXPECT_EQ(result.more_frauds_needed, 100 * (9 - 1));
  EXPECT_EQ(result.reason,
            "auc_roc of test is 0.625, of the baseline 0.75: -0.125 (worse), between -0.5 and 0.25; its lower bound "
            "should be at least -0.25; about 800 more frauds would settle it");
}

}  // namespace
}  // namespace mf::gate
