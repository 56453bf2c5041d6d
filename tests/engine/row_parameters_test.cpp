#include "engine/row_parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "engine/row_batches.hpp"
#include "mf/engine/booster.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using testing::Indices;
using ::testing::Pair;

class Constraints : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    profile_.algorithm_id = GetParam();
    // Such rows that a free model bends up and down: fraud is likeliest where a lies in the middle.
    std::mt19937 generator(3);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const float a = rows_.row(i)[0];
      rows_.labels[i] = testing::uniform(generator) < (a > 0.3F && a < 0.7F ? 0.7F : 0.2F * (1 + a)) ? 1 : 0;
    }
  }

  std::string fitted() const {
    return fit(rows_, testing::range(0, rows_.size()), {}, profile_, {.seed = 1, .threads = 2}).model;
  }

  /// How often the score goes down, and up, as feature a goes up, over many rows.
  std::pair<std::size_t, std::size_t> moves_of(const std::string& model) const {
    dataset::Rows steps;
    steps.feature_names = rows_.feature_names;
    for (std::size_t i = 0; i < 50; ++i)
      for (int step = 0; step <= kSteps; ++step) {
        steps.features.insert(steps.features.end(), rows_.row(i), rows_.row(i) + 4);
        steps.features[steps.features.size() - 4] = static_cast<float>(step) / kSteps;
        steps.labels.push_back(0);
      }
    const auto scores = Scorer(model, steps.feature_names, 1).score(steps, testing::range(0, steps.size()));
    std::size_t falls = 0, rises = 0;
    for (std::size_t i = 1; i < scores.size(); ++i) {
      if (i % (kSteps + 1) == 0) continue;
      falls += scores[i] < scores[i - 1] ? 1 : 0;
      rises += scores[i] > scores[i - 1] ? 1 : 0;
    }
    return {falls, rises};
  }

  Error refusal() {
    try {
      fitted();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::TRAINING_PROFILE_INVALID);
      return error;
    }
    return {Code::INTERNAL, "it was fitted"};
  }

  static constexpr int kSteps = 100;
  dataset::Rows rows_ = testing::synthetic_rows(4000);
  contracts::TrainingProfile profile_ = testing::profile(20);
};

INSTANTIATE_TEST_SUITE_P(Trees, Constraints, ::testing::Values("xgboost.gbtree", "xgboost.dart"));

TEST_P(Constraints, LetTheScoreOnlyRise) {
  EXPECT_GT(moves_of(fitted()).first, 0U);
  profile_.algorithm.monotone_constraints = {{"a", 1}};
  const auto [falls, rises] = moves_of(fitted());
  EXPECT_EQ(falls, 0U);
  EXPECT_GT(rises, 0U);
}

TEST_P(Constraints, LetTheScoreOnlyFall) {
  profile_.algorithm.monotone_constraints = {{"a", -1}, {"c", 1}};
  const auto [falls, rises] = moves_of(fitted());
  EXPECT_GT(falls, 0U);
  EXPECT_EQ(rises, 0U);
}

// The groups of features that some path from the root of `tree` to a leaf goes through.
void collect_paths(const json& tree, std::size_t node, std::set<int> path, std::set<std::set<int>>& paths) {
  const int left = tree.at("left_children")[node];
  if (left < 0) {
    paths.insert(path);
    return;
  }
  path.insert(tree.at("split_indices")[node].get<int>());
  collect_paths(tree, static_cast<std::size_t>(left), path, paths);
  collect_paths(tree, tree.at("right_children")[node].get<std::size_t>(), path, paths);
}

std::set<std::set<int>> paths_of(const std::string& model) {
  const auto booster = json::from_ubjson(model).at("learner").at("gradient_booster");
  std::set<std::set<int>> paths;
  for (const auto& tree : (booster.contains("gbtree") ? booster.at("gbtree") : booster).at("model").at("trees"))
    collect_paths(tree, 0, {}, paths);
  return paths;
}

bool all_within(const std::set<std::set<int>>& paths, const std::vector<std::set<int>>& groups) {
  return std::ranges::all_of(paths, [&](const auto& path) {
    return std::ranges::any_of(groups, [&](const auto& group) { return std::ranges::includes(group, path); });
  });
}

TEST_P(Constraints, KeepPathsToTheirGroups) {
  const std::vector<std::set<int>> groups = {{0, 2}, {1}, {3}};
  EXPECT_FALSE(all_within(paths_of(fitted()), groups));
  profile_.algorithm.interaction_constraints = {{"c", "a"}, {"d"}};
  EXPECT_TRUE(all_within(paths_of(fitted()), groups));
}

TEST_P(Constraints, NameFeaturesOfTheDataset) {
  profile_.algorithm.monotone_constraints = {{"aa", 1}};
  EXPECT_EQ(refusal().context().at("pointer"), "/algorithm/monotone_constraints/aa");
  EXPECT_EQ(refusal().hint(), "Did you mean a?");
  profile_.algorithm.monotone_constraints.reset();
  profile_.algorithm.interaction_constraints = {{"a"}, {"b", "zebra"}};
  EXPECT_EQ(refusal().context().at("pointer"), "/algorithm/interaction_constraints/1/1");
  EXPECT_THAT(refusal().message(), HasSubstr("one of a, b, c, d"));
}

TEST_P(Constraints, AreToldByThePlaceOfTheFeature) {
  profile_.algorithm.monotone_constraints = {{"d", -1}, {"b", 1}};
  profile_.algorithm.interaction_constraints = {{"d", "a"}, {"b"}};
  const Indices all = testing::range(0, rows_.size());
  RowBatches train(rows_, all);
  const auto parameters = parameters_for(profile_, train);
  EXPECT_THAT(parameters, Contains(Pair("monotone_constraints", "(0,1,0,-1)")));
  EXPECT_THAT(parameters, Contains(Pair("interaction_constraints", "[[3, 0], [1]]")));
  EXPECT_TRUE(std::ranges::is_sorted(parameters));
}

TEST(ConstraintsOnCategories, HaveNoDirection) {
  auto profile = testing::profile();
  profile.algorithm.monotone_constraints = {{"a", 1}};
  EXPECT_NO_THROW(check_features(profile, {"a", "b"}, {0, 3}));
  EXPECT_THROW(check_features(profile, {"a", "b"}, {3, 0}), Error);
}

class Balance : public ::testing::Test {
 protected:
  std::string weight() {
    const Indices train = testing::range(0, 1000);
    RowBatches batches(rows_, train, 64);
    for (const auto& [name, text] : parameters_for(profile_, batches))
      if (name == "scale_pos_weight") return text;
    return "none";
  }

  double count(std::int8_t label) const {
    double sum = 0;
    for (std::size_t i = 0; i < 1000; ++i)
      if (rows_.labels[i] == label) sum += rows_.weights.empty() ? 1 : static_cast<double>(rows_.weights[i]);
    return sum;
  }

  dataset::Rows rows_ = testing::synthetic_rows(1500);
  contracts::TrainingProfile profile_ = testing::profile();
};

TEST_F(Balance, IsNotAskedForByItself) { EXPECT_EQ(weight(), "none"); }

TEST_F(Balance, WeighsTheTrainRowsOfBothClasses) {
  profile_.algorithm.class_weighting = "balanced";
  EXPECT_EQ(std::stod(weight()), count(0) / count(1));
  rows_.weights.assign(rows_.size(), 1);
  for (std::size_t i = 0; i < rows_.size(); i += 3) rows_.weights[i] = 2.5;
  EXPECT_EQ(std::stod(weight()), count(0) / count(1));
}

TEST_F(Balance, NeedsBothClasses) {
  profile_.algorithm.class_weighting = "balanced";
  rows_.labels.assign(rows_.size(), 0);
  EXPECT_THROW(weight(), Error);
}

TEST_F(Balance, IsTheModelOfThatWeightAndOnRecord) {
  const auto fitted = [&] { return fit(rows_, testing::range(0, 1000), {}, profile_, {.seed = 1, .threads = 1}); };
  profile_.algorithm.class_weighting = "balanced";
  const Fit balanced = fitted();
  EXPECT_THAT(balanced.parameters, Contains(Pair("scale_pos_weight", weight())));
  profile_.algorithm.params["scale_pos_weight"] = count(0) / count(1);
  profile_.algorithm.class_weighting.reset();
  EXPECT_EQ(balanced.model, fitted().model);
}

}  // namespace
}  // namespace mf::engine
