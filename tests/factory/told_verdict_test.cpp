#include "factory/told_verdict.hpp"

#include <gtest/gtest.h>

namespace mf::factory {
namespace {

using contracts::CriterionResult;

CriterionResult passed() {
  CriterionResult criterion;
  criterion.id = "ranking";
  criterion.metric = "auc_roc";
  criterion.part = "test";
  criterion.comparison = "at_least";
  criterion.threshold = 0.75;
  criterion.observed = 0.875;
  criterion.outcome = "PASS";
  criterion.severity = "block";
  return criterion;
}

CriterionResult came_out(const std::string& outcome, const std::string& severity) {
  auto criterion = passed();
  criterion.outcome = outcome;
  criterion.severity = severity;
  criterion.reason = "the reason";
  return criterion;
}

TEST(InWords, TellsAPassedFigureAndWhatWasAsked) {
  EXPECT_EQ(in_words(passed()), "pass  ranking: auc_roc of test 0.875, at least 0.75");
}

TEST(InWords, TellsTheIntervalAndTheBoundThatIsMeant) {
  auto criterion = passed();
  criterion.bound = "lower";
  criterion.interval = {0.75, 1};
  EXPECT_EQ(in_words(criterion), "pass  ranking: auc_roc of test 0.875 (0.75 to 1), lower bound at least 0.75");
}

TEST(InWords, TellsTheBaselineAndTheDifference) {
  auto criterion = passed();
  criterion.comparison = "not_worse";
  criterion.bound = "lower";
  criterion.threshold = -0.25;
  criterion.baseline = 0.75;
  criterion.difference = 0.125;
  criterion.interval = {-0.125, 0.25};
  EXPECT_EQ(in_words(criterion),
            "pass  ranking: auc_roc of test 0.875, baseline 0.75, difference 0.125 (-0.125 to 0.25), lower bound at "
            "least -0.25");
}

TEST(InWords, NamesTheSlice) {
  auto criterion = passed();
  criterion.slice = contracts::Slice{"channel", "web"};
  EXPECT_EQ(name_of(criterion), "ranking (channel=web)");
  EXPECT_TRUE(in_words(criterion).starts_with("pass  ranking (channel=web): "));
}

TEST(InWords, TellsTheReasonOfWhatDidNotPassAndWhetherItBlocks) {
  EXPECT_EQ(in_words(came_out("FAIL", "block")), "FAIL  ranking: the reason");
  EXPECT_EQ(in_words(came_out("INCONCLUSIVE", "block")), "OPEN  ranking: the reason");
  EXPECT_EQ(in_words(came_out("FAIL", "warn")), "warn  ranking: the reason");
  EXPECT_EQ(in_words(came_out("INCONCLUSIVE", "warn")), "warn  ranking: the reason");
}

TEST(VerdictIn, IsTheDecisionOfAReceiptFromBeforeThereWasAThird) {
  contracts::GateReceipt receipt;
  receipt.gate_decision = "FAIL";
  EXPECT_EQ(verdict_in(receipt), "FAIL");
  receipt.verdict = "INCONCLUSIVE";
  EXPECT_EQ(verdict_in(receipt), "INCONCLUSIVE");
}

}  // namespace
}  // namespace mf::factory
