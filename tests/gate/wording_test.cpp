#include "gate/wording.hpp"

#include <gtest/gtest.h>

#include "gate/policies.hpp"

namespace mf::gate {
namespace {

TEST(Wording, TellsAllDigitsOfAFigureThatWouldReadAsItsThreshold) {
  EXPECT_EQ(judged(at_least("auc_roc", 0.8), value(just_below(0.8))).reason,
            "auc_roc of test is 0.7999999999999999, should be at least 0.8");
  EXPECT_EQ(judged(at_least("auc_roc", 0.8), value(0.123456789)).reason,
            "auc_roc of test is 0.123457, should be at least 0.8");
}

TEST(Wording, NamesTheSlice) {
  contracts::CriterionResult result;
  result.metric = "auc_roc";
  result.part = "test";
  EXPECT_EQ(figure_in_words(result), "auc_roc of test");
  result.slice = contracts::Slice{"channel", "web"};
  EXPECT_EQ(figure_in_words(result), "auc_roc of test where channel is web");
  result.slice = contracts::Slice{"channel", ""};
  EXPECT_EQ(figure_in_words(result), "auc_roc of test where channel is empty");
  result.slice = contracts::Slice{"channel", {}};
  EXPECT_EQ(figure_in_words(result), "auc_roc of test where channel has a value");
}

TEST(Wording, SaysWhichBoundIsMeant) {
  EXPECT_EQ(judged(by("upper", at_least("auc_roc", 0.8)), between(0.5, 0.7, value(0.6))).reason,
            "auc_roc of test is 0.6, between 0.5 and 0.7; its upper bound should be at least 0.8");
  EXPECT_EQ(judged(by("lower", at_most("brier", 0.2)), between(0.3, 0.5, value(0.4))).reason,
            "brier of test is 0.4, between 0.3 and 0.5; its lower bound should be at most 0.2");
}

}  // namespace
}  // namespace mf::gate
