#include "mf/engine/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "mf/engine/objectives.hpp"
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

  /// Whether an algorithm that has `row` takes `value` for it.
  bool accepts(const ParameterRow& row, const ParameterValue& value) {
    profile_.algorithm_id = algorithm_with(row).name;
    profile_.algorithm.params = {{std::string(row.name), value}};
    if (row.name == "max_depth") profile_.algorithm.params["max_leaves"] = std::int64_t{31};
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

  static const AlgorithmRow& algorithm_with(const ParameterRow& row) {
    return *std::ranges::find_if(algorithm_table(), [&](const auto& each) { return row.belongs_to(each.kind); });
  }

  contracts::TrainingProfile profile_ = testing::profile();
};

bool is_number(const ParameterRow& row) { return row.type == Type::integer || row.type == Type::real; }

ParameterValue value_of(const ParameterRow& row, double number) {
  if (row.type == Type::integer) return static_cast<std::int64_t>(number);
  return number;
}

ParameterValue preset_of(const ParameterRow& row) {
  const std::string preset(row.preset);
  if (row.type == Type::flag) return preset == "true";
  if (row.type == Type::choice) return preset;
  return value_of(row, std::stod(preset));
}

/// A whole number that every integer may be.
ParameterValue integer_within(const ParameterRow& row) { return std::int64_t{row.name == "max_bin" ? 2 : 1}; }

TEST_F(Parameters, AreSortedByName) { EXPECT_TRUE(std::ranges::is_sorted(parameter_table(), {}, &ParameterRow::name)); }

TEST_F(Parameters, AcceptTheirPresets) {
  for (const auto& row : parameter_table()) {
    EXPECT_TRUE(accepts(row, preset_of(row))) << row.name;
  }
}

TEST_F(Parameters, KeepToTheirBounds) {
  for (const auto& row : parameter_table()) {
    if (!is_number(row)) continue;
    EXPECT_EQ(accepts(row, value_of(row, row.minimum)), !row.minimum_excluded) << row.name;
    EXPECT_FALSE(accepts(row, value_of(row, row.minimum - 1))) << row.name;
    EXPECT_EQ(accepts(row, value_of(row, row.maximum)), !row.maximum_excluded) << row.name;
    EXPECT_FALSE(accepts(row, value_of(row, row.maximum + 1))) << row.name;
  }
}

TEST_F(Parameters, KeepToTheirTypes) {
  for (const auto& row : parameter_table()) {
    EXPECT_EQ(accepts(row, true), row.type == Type::flag) << row.name;
    EXPECT_FALSE(accepts(row, std::string("1"))) << row.name;
    EXPECT_EQ(accepts(row, integer_within(row)), is_number(row) && !row.maximum_excluded) << row.name;
    EXPECT_EQ(accepts(row, 0.5), row.type == Type::real) << row.name;
    EXPECT_FALSE(accepts(row, std::numeric_limits<double>::quiet_NaN())) << row.name;
    EXPECT_FALSE(accepts(row, std::numeric_limits<double>::infinity())) << row.name;
  }
}

TEST_F(Parameters, SayWhatTheyAllow) {
  EXPECT_EQ(refuse_parameter("max_depth", 6.5).message(),
            "/algorithm/params/max_depth is 6.5; expected an integer from 0 to 32");
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

TEST_F(Parameters, TakeTheWordsOfAChoice) {
  for (const auto& row : parameter_table()) {
    if (row.type != Type::choice) continue;
    std::istringstream words{std::string(row.choices)};
    for (std::string word; words >> word;) EXPECT_TRUE(accepts(row, word)) << row.name << " " << word;
    for (const char* other : {"", " ", "none", "uniform weighted"}) EXPECT_FALSE(accepts(row, std::string(other)));
  }
}

TEST_F(Parameters, SayWhichWordsTheyAllow) {
  EXPECT_EQ(refuse_parameter("grow_policy", std::string("leafwise")).message(),
            "/algorithm/params/grow_policy is \"leafwise\"; expected one of depthwise, lossguide");
  EXPECT_EQ(refuse_parameter("sampling_method", std::string("gradient_based")).context().at("expected"),
            "the text uniform");
}

TEST_F(Parameters, BelongToTheirAlgorithms) {
  const Error error = refuse_parameter("rate_drop", 0.1);
  EXPECT_THAT(error.message(), HasSubstr("is a parameter of xgboost.dart; expected one of alpha"));
  EXPECT_EQ(error.hint(), "Leave rate_drop out, or set algorithm_id to xgboost.dart.");
  profile_.algorithm_id = "xgboost.gblinear";
  EXPECT_EQ(refuse_parameter("max_depth", std::int64_t{6}).hint(),
            "Leave max_depth out, or set algorithm_id to xgboost.gbtree or xgboost.dart.");
}

TEST_F(Parameters, LetATreeBeUnlimitedOnlyInDepth) {
  profile_.algorithm.params = {{"max_depth", std::int64_t{0}}};
  refuse("/algorithm/params/max_depth");
  profile_.algorithm.params["max_leaves"] = std::int64_t{16};
  accept();
}

TEST_F(Parameters, NeedAKnownAlgorithm) {
  profile_.algorithm_id = "xgboost.gbtre";
  EXPECT_THAT(refuse("/algorithm_id").hint(), HasSubstr("xgboost.gbtree"));
  for (const auto& algorithm : algorithm_table()) {
    profile_.algorithm_id = algorithm.name;
    profile_.algorithm.params = {};
    accept();
  }
}

TEST_F(Parameters, NeedAKnownObjective) {
  profile_.algorithm.objective = "binary:hinge";
  EXPECT_THAT(refuse("/algorithm/objective").message(), HasSubstr("binary:logistic, binary:logitraw"));
  for (const auto& objective : objective_table()) {
    profile_.algorithm.objective = objective.name;
    accept();
  }
}

TEST_F(Parameters, DoNotWatchTheLogLossOfWhatIsNoProbability) {
  for (const auto& objective : objective_table()) {
    profile_ = testing::stopping_profile("log_loss", 5);
    profile_.algorithm.objective = objective.name;
    if (objective.gives_probabilities)
      accept();
    else
      EXPECT_THAT(refuse("/algorithm/early_stopping_metric").hint(), HasSubstr("auc_pr"));
  }
}

TEST_F(Parameters, WeighTheClassesOnce) {
  profile_.algorithm.class_weighting = "balanced";
  accept();
  profile_.algorithm.params["scale_pos_weight"] = 20.0;
  EXPECT_THAT(refuse("/algorithm/params/scale_pos_weight").hint(), HasSubstr("class_weighting"));
  profile_.algorithm.params.erase("scale_pos_weight");
  profile_.algorithm.class_weighting = "equal";
  refuse("/algorithm/class_weighting");
}

TEST_F(Parameters, ConstrainTreesOnly) {
  auto& algorithm = profile_.algorithm;
  algorithm.monotone_constraints = {{"a", 1}};
  algorithm.interaction_constraints = std::vector<std::vector<std::string>>{{"a", "b"}};
  accept();
  profile_.algorithm_id = "xgboost.gblinear";
  algorithm.params = {};
  refuse("/algorithm/monotone_constraints");
  algorithm.monotone_constraints.reset();
  refuse("/algorithm/interaction_constraints");
}

TEST_F(Parameters, NameTheBooster) {
  profile_.algorithm_id = "xgboost.dart";
  EXPECT_THAT(engine_parameters(profile_), Contains(Pair("booster", "dart")));
  profile_ = {};
  profile_.algorithm_id = "xgboost.gblinear";
  profile_.algorithm.objective = "binary:logitraw";
  EXPECT_THAT(engine_parameters(profile_),
              ::testing::ElementsAre(Pair("booster", "gblinear"), Pair("objective", "binary:logitraw"),
                                     Pair("updater", "coord_descent")));
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
