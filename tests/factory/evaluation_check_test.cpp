#include "factory/evaluation_check.hpp"

#include <gtest/gtest.h>

#include "mf/error.hpp"

namespace mf::factory {
namespace {

class EvaluationCheck : public ::testing::Test {
 protected:
  EvaluationCheck() {
    for (const char* role : {"amount", "entity_key"}) rows_.columns.push_back({role, "float64", {role}});
    rows_.columns.push_back({"channel", "string", {"slice"}});
  }

  void without(const std::string& column) {
    std::erase_if(rows_.columns, [&](const auto& each) { return each.name == column; });
  }

  void ask(const std::string& metric) {
    contracts::Criterion criterion;
    criterion.metric = metric;
    criterion.part = "test";
    criterion.at_least = 0.5;
    policy_.criteria = {criterion};
  }

  void compare(const std::string& metric) {
    ask("auc_roc");
    contracts::Comparison comparison;
    comparison.metric = metric;
    comparison.part = "test";
    policy_.comparisons = std::vector<contracts::Comparison>{comparison};
  }

  /// The code and the pointer of the refusal; empty when there is none.
  template <typename Check>
  static std::string fault_of(Check check) {
    try {
      check();
    } catch (const Error& error) {
      return std::string(error.row().name) + " " + error.context().at("pointer");
    }
    return "";
  }

  std::string of_columns() {
    return fault_of([&] { require_columns(profile_, "t.yaml", rows_); });
  }

  std::string of_policy() {
    return fault_of([&] { require_computable(policy_, "g.yaml", profile_, rows_); });
  }

  contracts::TrainingProfile profile_;
  contracts::GovernanceProfile policy_;
  contracts::DatasetMaterialization rows_;
};

TEST_F(EvaluationCheck, AsksTheRowsForNothingThatIsNotEvaluatedBy) {
  rows_.columns.clear();
  EXPECT_EQ(of_columns(), "");
  ask("auc_roc");
  EXPECT_EQ(of_policy(), "");
}

TEST_F(EvaluationCheck, RefusesAProfileThatEvaluatesByAColumnThatIsNotThere) {
  profile_.evaluation.card_top_k = std::vector<std::int64_t>{10};
  profile_.evaluation.bootstrap = {200, "entity_key"};
  profile_.evaluation.costs = {5, 0, 1};
  profile_.evaluation.slices = {{"channel"}, 1, 0};
  EXPECT_EQ(of_columns(), "");
  without("channel");
  EXPECT_EQ(of_columns(), "TRAINING_PROFILE_INVALID /evaluation/slices/columns/0");
  without("amount");
  EXPECT_EQ(of_columns(), "TRAINING_PROFILE_INVALID /evaluation/costs/missed_fraud_amount_share");
  without("entity_key");
  EXPECT_EQ(of_columns(), "TRAINING_PROFILE_INVALID /evaluation/card_top_k");
  profile_.evaluation.card_top_k.reset();
  EXPECT_EQ(of_columns(), "TRAINING_PROFILE_INVALID /evaluation/bootstrap/cluster_by");
  profile_.evaluation.bootstrap = {200, "day"};
  profile_.evaluation.costs = {5, 20, 0};
  profile_.evaluation.slices.reset();
  EXPECT_EQ(of_columns(), "") << "days and fixed costs need no column";
}

TEST_F(EvaluationCheck, RefusesFiguresAtAThresholdThatNobodyChooses) {
  for (const char* metric : {"precision", "recall", "mcc", "f1", "savings", "value_recall", "fpr_ratio_channel"}) {
    ask(metric);
    EXPECT_EQ(of_policy(), "GOVERNANCE_PROFILE_INVALID /criteria/0/metric") << metric;
  }
  for (const char* metric : {"precision_at_50", "recall_at_fpr_0.01", "value_recall_at_50", "daily_precision_at_5"}) {
    ask(metric);
    EXPECT_EQ(of_policy(), "") << metric;
  }
  profile_.evaluation.operating_point = {"alert_rate", 0.01};
  ask("precision");
  EXPECT_EQ(of_policy(), "");
}

TEST_F(EvaluationCheck, RefusesFiguresWhoseIngredientsAreMissing) {
  profile_.evaluation.operating_point = {"alert_rate", 0.01};
  const std::map<std::string, std::string> column_of = {{"value_recall", "amount"},
                                                        {"average_precision_by_value", "amount"},
                                                        {"daily_value_recall_at_5", "amount"},
                                                        {"card_precision_at_5", "entity_key"},
                                                        {"fpr_ratio_channel", "channel"}};
  for (const auto& [metric, column] : column_of) {
    ask(metric);
    EXPECT_EQ(of_policy(), "") << metric;
    const auto whole = rows_;
    without(column);
    EXPECT_EQ(of_policy(), "GOVERNANCE_PROFILE_INVALID /criteria/0/metric") << metric;
    rows_ = whole;
  }
  for (const char* metric : {"f_beta", "cost_per_row", "savings"}) {
    ask(metric);
    EXPECT_EQ(of_policy(), "GOVERNANCE_PROFILE_INVALID /criteria/0/metric") << metric;
  }
  profile_.evaluation.beta = 2;
  ask("f_beta");
  EXPECT_EQ(of_policy(), "");
}

TEST_F(EvaluationCheck, RefusesABoundThatNoBootstrapGives) {
  ask("auc_roc");
  policy_.criteria.front().bound = "lower";
  EXPECT_EQ(of_policy(), "GOVERNANCE_PROFILE_INVALID /criteria/0/bound");
  profile_.evaluation.bootstrap = {200, "day"};
  EXPECT_EQ(of_policy(), "");
}

TEST_F(EvaluationCheck, RefusesASliceThatTheRowsDoNotHave) {
  ask("auc_roc");
  policy_.criteria.front().slice = {"country", {}};
  EXPECT_EQ(of_policy(), "GOVERNANCE_PROFILE_INVALID /criteria/0/slice/column");
  policy_.criteria.front().slice = {"channel", "web"};
  EXPECT_EQ(of_policy(), "");
  policy_.criteria.front().slice = {"amount", {}};
  EXPECT_EQ(of_policy(), "GOVERNANCE_PROFILE_INVALID /criteria/0/slice/column") << "a column, but no slice";
}

TEST_F(EvaluationCheck, ComparesByAThresholdOnlyWhereTheBaselineCanHaveOne) {
  profile_.evaluation.bootstrap = {200, "day"};
  profile_.evaluation.operating_point = {"alert_rate", 0.01};
  compare("recall");
  EXPECT_EQ(of_policy(), "");
  profile_.candidate = {"b", "v0"};
  EXPECT_EQ(of_policy(), "GOVERNANCE_PROFILE_INVALID /comparisons/0/metric");
  compare("average_precision");
  EXPECT_EQ(of_policy(), "");
}

}  // namespace
}  // namespace mf::factory
