#include "mf/gate/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/failures.hpp"

namespace mf::gate {
namespace {

using contracts::Criterion;
using contracts::GovernanceProfile;

Criterion at_least(const std::string& metric, double threshold, const std::string& severity = "block") {
  return {metric + "-least", metric, "test", threshold, {}, {}, severity};
}

Criterion at_most(const std::string& metric, double threshold, const std::string& severity = "block") {
  return {metric + "-most", metric, "test", {}, threshold, {}, severity};
}

GovernanceProfile policy(std::vector<Criterion> criteria) {
  return {"mf.governance_profile.v1", "p", "r1", std::move(criteria)};
}

/// What the evaluation observed.
Observation observed(const std::string& part, const std::string& metric) {
  EXPECT_EQ(part, "test");
  if (metric == "auc_roc") return {0.8, {}};
  if (metric == "log_loss") return {0.2, {}};
  if (metric == "nan") return {std::nan(""), {}};
  return {{}, "one class only"};
}

Decision decided(std::vector<Criterion> criteria) { return judge(policy(std::move(criteria)), observed).decision; }

TEST(Judge, TakesThresholdsAsReachedWhenTheyAreMetExactly) {
  EXPECT_EQ(decided({at_least("auc_roc", 0.8)}), Decision::pass);
  EXPECT_EQ(decided({at_least("auc_roc", std::nextafter(0.8, 1.0))}), Decision::fail);
  EXPECT_EQ(decided({at_most("log_loss", 0.2)}), Decision::pass);
  EXPECT_EQ(decided({at_most("log_loss", std::nextafter(0.2, 0.0))}), Decision::fail);
}

TEST(Judge, FailsWhenAnyBlockingCriterionFails) {
  EXPECT_EQ(decided({at_least("auc_roc", 0.7), at_most("log_loss", 0.3)}), Decision::pass);
  EXPECT_EQ(decided({at_least("auc_roc", 0.7), at_most("log_loss", 0.1)}), Decision::fail);
  EXPECT_EQ(decided({at_least("auc_roc", 0.9), at_most("log_loss", 0.3)}), Decision::fail);
}

TEST(Judge, OnlyRecordsAFailedWarning) {
  const Verdict verdict = judge(policy({at_least("auc_roc", 0.7), at_most("log_loss", 0.1, "warn")}), observed);
  EXPECT_EQ(verdict.decision, Decision::pass);
  EXPECT_EQ(verdict.criteria.at(1).outcome, "FAIL");
  EXPECT_EQ(verdict.criteria.at(1).severity, "warn");
}

TEST(Judge, FailsACriterionWhoseFigureIsUndefined) {
  const Verdict verdict = judge(policy({at_most("brier", 1.0)}), observed);
  EXPECT_EQ(verdict.decision, Decision::fail);
  EXPECT_EQ(verdict.criteria.at(0).observed, std::nullopt);
  EXPECT_EQ(verdict.criteria.at(0).reason, "brier is undefined: one class only");
}

TEST(Judge, FailsACriterionWhoseFigureIsNoNumber) {
  EXPECT_EQ(decided({at_most("nan", 1.0)}), Decision::fail);
  EXPECT_EQ(decided({at_least("nan", 0.0)}), Decision::fail);
}

TEST(Judge, RecordsEachCriterionInThePolicysOrder) {
  const Verdict verdict = judge(policy({at_most("log_loss", 0.1), at_least("auc_roc", 0.7)}), observed);
  ASSERT_EQ(verdict.criteria.size(), 2U);
  const auto& first = verdict.criteria.front();
  EXPECT_EQ(first.id, "log_loss-most");
  EXPECT_EQ(first.comparison, "at_most");
  EXPECT_EQ(first.threshold, 0.1);
  EXPECT_EQ(first.observed, 0.2);
  EXPECT_EQ(first.outcome, "FAIL");
  EXPECT_EQ(first.reason, "log_loss of test is 0.2, should be at most 0.1");
  EXPECT_EQ(verdict.criteria.back().outcome, "PASS");
  EXPECT_EQ(verdict.criteria.back().reason, "");
}

TEST(Judge, RefusesAPolicyWithoutCriteria) {
  EXPECT_CODE(judge(policy({}), observed), Code::GOVERNANCE_PROFILE_INVALID);
}

TEST(ThresholdsOf, AreByCriterion) {
  EXPECT_EQ(thresholds_of(policy({at_least("auc_roc", 0.8), at_most("log_loss", 0.1)})),
            (std::map<std::string, double>{{"auc_roc-least", 0.8}, {"log_loss-most", 0.1}}));
}

TEST(NameOf, IsTheWordOfTheWire) {
  EXPECT_EQ(name_of(Decision::pass), "PASS");
  EXPECT_EQ(name_of(Decision::fail), "FAIL");
}

}  // namespace
}  // namespace mf::gate
