#include "mf/engine/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using contracts::ParameterValue;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;
using Type = ParameterRow::Type;

class Parameters : public ::testing::Test {
 protected:
  void accept() { EXPECT_NO_THROW(check_algorithm(profile_)); }

  /// The refusal of the profile, at `pointer`.
  Error refuse(const std::string& pointer) {
    try {
      check_algorithm(profile_);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::TRAINING_PROFILE_INVALID);
      EXPECT_EQ(error.context().at("pointer"), pointer);
      EXPECT_THAT(error.message(), HasSubstr(pointer));
      return error;
    }
    ADD_FAILURE() << "accepted " << pointer;
    return {Code::INTERNAL, ""};
  }

  bool accepts(std::string_view name, const ParameterValue& value) {
    profile_.algorithm.params = {{std::string(name), value}};
    try {
      check_algorithm(profile_);
    } catch (const Error&) {
      return false;
    }
    return true;
  }

  Error refuse_parameter(const std::string& name, const ParameterValue& value) {
    profile_.algorithm.params = {{name, value}};
    return refuse("/algorithm/params/" + name);
  }

  contracts::TrainingProfile profile_ = testing::profile();
};

ParameterValue value_of(const ParameterRow& row, double number) {
  if (row.type == Type::integer) return static_cast<std::int64_t>(number);
  return number;
}

TEST_F(Parameters, AreSortedByName) { EXPECT_TRUE(std::ranges::is_sorted(parameter_table(), {}, &ParameterRow::name)); }

TEST_F(Parameters, AcceptTheirPresets) {
  for (const auto& row : parameter_table()) {
    EXPECT_TRUE(accepts(row.name, value_of(row, std::stod(std::string(row.preset))))) << row.name;
  }
}

TEST_F(Parameters, KeepToTheirBounds) {
  for (const auto& row : parameter_table()) {
    EXPECT_EQ(accepts(row.name, value_of(row, row.minimum)), !row.minimum_excluded) << row.name;
    EXPECT_FALSE(accepts(row.name, value_of(row, row.minimum - 1))) << row.name;
    EXPECT_TRUE(accepts(row.name, value_of(row, row.maximum))) << row.name;
    EXPECT_FALSE(accepts(row.name, value_of(row, row.maximum + 1))) << row.name;
  }
}

TEST_F(Parameters, KeepToTheirTypes) {
  for (const auto& row : parameter_table()) {
    EXPECT_FALSE(accepts(row.name, true)) << row.name;
    EXPECT_FALSE(accepts(row.name, std::string("1"))) << row.name;
    EXPECT_TRUE(accepts(row.name, std::int64_t{row.name == "max_bin" ? 2 : 1})) << row.name;
    EXPECT_EQ(accepts(row.name, 0.5), row.type == Type::real) << row.name;
    EXPECT_FALSE(accepts(row.name, std::numeric_limits<double>::quiet_NaN())) << row.name;
    EXPECT_FALSE(accepts(row.name, std::numeric_limits<double>::infinity())) << row.name;
  }
}

TEST_F(Parameters, SayWhatTheyAllow) {
  EXPECT_EQ(refuse_parameter("max_depth", 6.5).message(),
            "/algorithm/params/max_depth is 6.5; expected an integer from 1 to 32");
  EXPECT_EQ(refuse_parameter("eta", 0.0).context().at("expected"), "a number above 0 and up to 1");
  EXPECT_EQ(refuse_parameter("eta", std::string("0.1")).context().at("observed"), "\"0.1\"");
  EXPECT_EQ(refuse_parameter("eta", true).context().at("observed"), "true");
}

TEST_F(Parameters, SuggestTheNearestName) {
  const Error error = refuse_parameter("etaa", 0.1);
  EXPECT_THAT(error.hint(), HasSubstr("eta?"));
  EXPECT_THAT(error.message(), HasSubstr("max_depth"));
}

TEST_F(Parameters, TranslateHabits) {
  EXPECT_THAT(refuse_parameter("learning_rate", 0.1).hint(), HasSubstr("eta"));
  EXPECT_THAT(refuse_parameter("n_estimators", std::int64_t{5}).hint(), HasSubstr("algorithm.rounds"));
  EXPECT_THAT(refuse_parameter("seed", std::int64_t{5}).hint(), HasSubstr("base_seed"));
}

TEST_F(Parameters, AreFoundByEscapedPointers) {
  profile_.algorithm.params["a/b~c"] = 1.0;
  refuse("/algorithm/params/a~1b~0c");
}

TEST_F(Parameters, NeedAKnownAlgorithm) {
  profile_.algorithm_id = "xgboost.dart";
  refuse("/algorithm_id");
}

TEST_F(Parameters, BoundTheRounds) {
  for (const std::int64_t rounds : {0, -1, 10'001}) {
    profile_.algorithm.rounds = rounds;
    refuse("/algorithm/rounds");
  }
  for (const std::int64_t rounds : {1, 10'000}) {
    profile_.algorithm.rounds = rounds;
    accept();
  }
}

TEST_F(Parameters, TakeEarlyStoppingWholeOrNotAtAll) {
  profile_.algorithm.early_stopping_rounds = 5;
  refuse("/algorithm/early_stopping_metric");
  profile_.algorithm.early_stopping_metric = "auc_pr";
  accept();
  profile_.algorithm.early_stopping_rounds.reset();
  refuse("/algorithm/early_stopping_rounds");
}

TEST_F(Parameters, RefuseImpatientEarlyStopping) {
  profile_ = testing::stopping_profile("auc_pr", 0);
  refuse("/algorithm/early_stopping_rounds");
}

TEST_F(Parameters, RefuseAnUnknownStoppingMetric) {
  profile_ = testing::stopping_profile("auc_rp", 5);
  const Error error = refuse("/algorithm/early_stopping_metric");
  EXPECT_THAT(error.message(), HasSubstr("auc_pr, auc_roc, log_loss"));
  EXPECT_THAT(error.hint(), HasSubstr("Did you mean"));
}

TEST_F(Parameters, ReachTheEngineAsShortestText) {
  profile_.algorithm.params = {{"eta", 0.1}, {"lambda", 1e-7}, {"max_depth", std::int64_t{12}}};
  const auto parameters = engine_parameters(profile_);
  EXPECT_THAT(parameters, Contains(Pair("eta", "0.1")));
  EXPECT_THAT(parameters, Contains(Pair("lambda", "1e-07")));
  EXPECT_THAT(parameters, Contains(Pair("max_depth", "12")));
}

TEST_F(Parameters, ReachTheEngineWithWhatIsFixed) {
  profile_ = testing::stopping_profile("auc_pr", 5);
  const auto parameters = engine_parameters(profile_);
  EXPECT_THAT(parameters, Contains(Pair("booster", "gbtree")));
  EXPECT_THAT(parameters, Contains(Pair("tree_method", "hist")));
  EXPECT_THAT(parameters, Contains(Pair("objective", "binary:logistic")));
  EXPECT_THAT(parameters, Contains(Pair("eval_metric", "aucpr")));
  EXPECT_TRUE(std::ranges::is_sorted(parameters));
}

}  // namespace
}  // namespace mf::engine
