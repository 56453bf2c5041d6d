#include "mf/gate/judge.hpp"

#include <gtest/gtest.h>

#include "gate/policies.hpp"
#include "support/failures.hpp"

namespace mf::gate {
namespace {

using contracts::Slice;

/// What the evaluation observed: auc_roc 0.8, brier 0.2, and open, whose interval is everything.
Observed evaluation() {
  Observed all;
  all.figures = {{"auc_roc", value(0.8)}, {"brier", value(0.2)}, {"open", between(0, 1, value(0.5))}};
  all.pairs = {{"auc_roc", between(-0.1, 0.1, difference(0.05))}};
  all.values = {{"channel", {"app", "web"}}, {"unused", {}}};
  all.figures["auc_roc channel=app"] = value(0.9);
  all.figures["auc_roc channel=web"] = value(0.7);
  all.pairs["auc_roc channel=app"] = between(0, 0.1, difference(0.05));
  all.pairs["auc_roc channel=web"] = between(-0.1, -0.08, difference(-0.09));
  return all;
}

Decision decided(std::vector<contracts::Criterion> criteria, std::vector<contracts::Comparison> comparisons = {}) {
  return judge(policy(std::move(criteria), std::move(comparisons)), evaluation()).decision;
}

const contracts::Criterion kPassed = at_least("auc_roc", 0.7);
const contracts::Criterion kFailed = at_most("brier", 0.1);
const contracts::Criterion kOpen = by("lower", at_least("open", 0.4));

contracts::Criterion only_warned_of(contracts::Criterion asked) {
  asked.severity = "warn";
  return asked;
}

TEST(Judge, PassesWhenEverythingPasses) {
  EXPECT_EQ(decided({kPassed}), Decision::pass);
  EXPECT_EQ(decided({kPassed}, {not_worse("auc_roc", 0.1)}), Decision::pass);
}

TEST(Judge, FailsWhenABlockingCriterionFailsWhateverElseIsOpen) {
  EXPECT_EQ(decided({kPassed, kFailed}), Decision::fail);
  EXPECT_EQ(decided({kFailed, kOpen}), Decision::fail);
  EXPECT_EQ(decided({kOpen, kFailed, kPassed}), Decision::fail);
  EXPECT_EQ(decided({kPassed}, {in({"channel", "web"}, not_worse("auc_roc", 0.05))}), Decision::fail);
}

TEST(Judge, IsInconclusiveWhenABlockingCriterionIsAndNoneFails) {
  EXPECT_EQ(decided({kPassed, kOpen}), Decision::inconclusive);
  EXPECT_EQ(decided({kOpen, kPassed}), Decision::inconclusive);
  EXPECT_EQ(decided({kPassed}, {not_worse("auc_roc", 0.05)}), Decision::inconclusive);
}

TEST(Judge, OnlyRecordsWarnings) {
  const auto verdict =
      judge(policy({kPassed, only_warned_of(kFailed), only_warned_of(kOpen)}, {not_worse("auc_roc", 0.05, "warn")}),
            evaluation());
  EXPECT_EQ(verdict.decision, Decision::pass);
  EXPECT_EQ(verdict.criteria.at(1).outcome, "FAIL");
  EXPECT_EQ(verdict.criteria.at(1).severity, "warn");
  EXPECT_EQ(verdict.criteria.at(2).outcome, "INCONCLUSIVE");
  EXPECT_EQ(verdict.criteria.at(3).outcome, "INCONCLUSIVE");
}

TEST(Judge, RecordsEachCriterionInThePolicysOrder) {
  const auto verdict = judge(policy({kFailed, kPassed}), evaluation());
  ASSERT_EQ(verdict.criteria.size(), 2U);
  const auto& first = verdict.criteria.front();
  EXPECT_EQ(first.id, "brier");
  EXPECT_EQ(first.comparison, "at_most");
  EXPECT_EQ(first.bound, "point");
  EXPECT_EQ(first.threshold, 0.1);
  EXPECT_EQ(first.observed, 0.2);
  EXPECT_EQ(first.rows, 1000);
  EXPECT_EQ(first.frauds, 100);
  EXPECT_EQ(first.outcome, "FAIL");
  EXPECT_EQ(first.reason, "brier of test is 0.2, should be at most 0.1");
  EXPECT_EQ(verdict.criteria.back().outcome, "PASS");
  EXPECT_EQ(verdict.criteria.back().reason, "");
}

TEST(Judge, AsksForTheFigureOfOneSlice) {
  const auto asked = in(Slice{"channel", "web"}, at_least("auc_roc", 0.75));
  const auto verdict = judge(policy({asked}), evaluation());
  ASSERT_EQ(verdict.criteria.size(), 1U);
  EXPECT_EQ(verdict.criteria[0].slice, (Slice{"channel", "web"}));
  EXPECT_EQ(verdict.criteria[0].observed, 0.7);
  EXPECT_EQ(verdict.criteria[0].reason, "auc_roc of test where channel is web is 0.7, should be at least 0.75");
  EXPECT_EQ(verdict.decision, Decision::fail);
}

TEST(Judge, HoldsEachValueOfAColumnAgainstTheThreshold) {
  const auto verdict = judge(policy({in(Slice{"channel", {}}, at_least("auc_roc", 0.75))}), evaluation());
  ASSERT_EQ(verdict.criteria.size(), 2U);
  EXPECT_EQ(verdict.criteria[0].slice, (Slice{"channel", "app"}));
  EXPECT_EQ(verdict.criteria[0].outcome, "PASS");
  EXPECT_EQ(verdict.criteria[1].slice, (Slice{"channel", "web"}));
  EXPECT_EQ(verdict.criteria[1].outcome, "FAIL");
  EXPECT_EQ(verdict.decision, Decision::fail);
}

TEST(Judge, ComparesEachValueOfAColumnWithTheBaseline) {
  const auto verdict = judge(policy({kPassed}, {in({"channel", {}}, not_worse("auc_roc", 0.05))}), evaluation());
  ASSERT_EQ(verdict.criteria.size(), 3U);
  EXPECT_EQ(verdict.criteria[1].outcome, "PASS");
  EXPECT_EQ(verdict.criteria[2].outcome, "FAIL");
}

TEST(Judge, FailsAColumnThatHasNoValues) {
  const auto verdict = judge(policy({in(Slice{"unused", {}}, at_least("auc_roc", 0))}), evaluation());
  ASSERT_EQ(verdict.criteria.size(), 1U);
  EXPECT_EQ(verdict.criteria[0].slice, (Slice{"unused", {}}));
  EXPECT_EQ(verdict.criteria[0].reason,
            "auc_roc of test where unused has a value is undefined: the part has no row with a value of the column");
  EXPECT_EQ(verdict.decision, Decision::fail);
}

TEST(Judge, RefusesAPolicyWithoutCriteria) {
  EXPECT_CODE(judge(policy({}), evaluation()), Code::GOVERNANCE_PROFILE_INVALID);
}

TEST(ThresholdsOf, AreByCriterionAndComparison) {
  EXPECT_EQ(thresholds_of(policy({at_least("auc_roc", 0.8), at_most("brier", 0.1)}, {not_worse("auc_roc", 0.02)})),
            (std::map<std::string, double>{{"auc_roc", 0.8}, {"brier", 0.1}, {"no-worse-auc_roc", -0.02}}));
}

TEST(NameOf, IsTheWordOfTheReceipt) {
  EXPECT_EQ(name_of(Decision::pass), "PASS");
  EXPECT_EQ(name_of(Decision::fail), "FAIL");
  EXPECT_EQ(name_of(Decision::inconclusive), "INCONCLUSIVE");
}

TEST(GateDecisionOf, KnowsNoThirdWord) {
  EXPECT_EQ(gate_decision_of(Decision::pass), "PASS");
  EXPECT_EQ(gate_decision_of(Decision::fail), "FAIL");
  EXPECT_EQ(gate_decision_of(Decision::inconclusive), "FAIL");
}

}  // namespace
}  // namespace mf::gate
