#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "category_rows.hpp"
#include "mf/engine/booster.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ModelStructure : public ::testing::Test {
 protected:
  /// What loading `bytes` is refused with; empty when it is not.
  std::string refusal_of(const std::string& bytes) const {
    try {
      Scorer(bytes, rows_.feature_names, 1);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::ENGINE_FAILED);
      return error.message();
    }
    return {};
  }

  /// The same after `edit` changed the learner, written anew.
  std::string refusal_after(const std::function<void(json&)>& edit) const {
    auto document = json::from_ubjson(model_);
    edit(document["learner"]);
    std::string bytes;
    json::to_ubjson(document, bytes);
    return refusal_of(bytes);
  }

  std::string refusal_after_tree(const std::function<void(json&)>& edit) const {
    return refusal_after([&](json& learner) { edit(learner["gradient_booster"]["model"]["trees"][1]); });
  }

  std::string model_of(const std::string& algorithm) const {
    auto profile = testing::profile(2);
    profile.algorithm_id = algorithm;
    profile.algorithm.params = {};
    return fit(rows_, testing::range(0, 500), {}, profile, {.seed = 1, .threads = 1}).model;
  }

  dataset::Rows rows_ = testing::synthetic_rows(500);
  std::string model_ = fit(rows_, testing::range(0, 500), {}, testing::profile(2), {.seed = 1, .threads = 1}).model;
};

TEST_F(ModelStructure, AcceptsAModelAsItWasFitted) { EXPECT_EQ(refusal_of(model_), ""); }

TEST_F(ModelStructure, RefusesBytesThatAreNoModel) {
  for (const char* bytes : {"", "{", "{}", "binf", "garbage", "{L", R"({"learner": {}})"}) {
    EXPECT_NE(refusal_of(bytes), "") << bytes;
  }
}

TEST_F(ModelStructure, RefusesAModelCutAnywhere) {
  for (std::size_t size = 0; size < model_.size(); size += 1 + model_.size() / 997) {
    EXPECT_NE(refusal_of(model_.substr(0, size)), "") << size;
  }
  EXPECT_NE(refusal_of(model_.substr(0, model_.size() - 1)), "");
}

TEST_F(ModelStructure, RefusesBytesAfterTheModel) { EXPECT_NE(refusal_of(model_ + "x"), ""); }

TEST_F(ModelStructure, RefusesAChildOutsideTheTree) {
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["left_children"][0] = 100'000; }), HasSubstr("child outside"));
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["left_children"][0] = -7; }), HasSubstr("child outside"));
}

TEST_F(ModelStructure, RefusesALoop) {
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["right_children"][0] = 0; }), HasSubstr("loop"));
}

TEST_F(ModelStructure, RefusesANodeWithOneChild) {
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["right_children"][0] = -1; }), HasSubstr("only one child"));
}

TEST_F(ModelStructure, RefusesASplitOnAFeatureItDoesNotHave) {
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["split_indices"][0] = 4; }), HasSubstr("splits on a feature"));
}

TEST_F(ModelStructure, RefusesColumnsOfOtherLengths) {
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["split_conditions"].erase(0); }), HasSubstr("split_conditions"));
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["tree_param"]["num_nodes"] = "3"; }), HasSubstr("nodes"));
}

TEST_F(ModelStructure, RefusesTreesThatDoNotAddUp) {
  const auto drop = [](json& learner) { learner["gradient_booster"]["model"]["trees"].erase(0); };
  EXPECT_THAT(refusal_after(drop), HasSubstr("miscounts its trees"));
}

TEST_F(ModelStructure, RefusesAnotherKindOfModel) {
  EXPECT_THAT(refusal_after([](json& learner) { learner["objective"]["name"] = "count:poisson"; }),
              HasSubstr("objective"));
  EXPECT_THAT(refusal_after([](json& learner) { learner["learner_model_param"]["num_target"] = "2"; }),
              HasSubstr("more than one score"));
  EXPECT_THAT(refusal_after([](json& learner) { learner["gradient_booster"]["name"] = "dart"; }), HasSubstr("gbtree"));
  EXPECT_THAT(refusal_after([](json& learner) { learner["gradient_booster"]["name"] = "forest"; }),
              HasSubstr("gbtree"));
}

TEST_F(ModelStructure, HoldsTreeWeightsAgainstTheTrees) {
  model_ = model_of("xgboost.dart");
  EXPECT_EQ(refusal_of(model_), "");
  const auto weights = [](json& learner) -> json& { return learner["gradient_booster"]["weight_drop"]; };
  EXPECT_THAT(refusal_after([&](json& learner) { weights(learner).erase(0); }), HasSubstr("tree weights"));
  EXPECT_THAT(refusal_after([&](json& learner) { weights(learner)[0] = std::nan(""); }), HasSubstr("tree weights"));
  EXPECT_THAT(refusal_after([](json& learner) {
                learner["gradient_booster"]["gbtree"]["model"]["trees"][1]["left_children"][0] = 100'000;
              }),
              HasSubstr("child outside"));
}

TEST_F(ModelStructure, HoldsWeightsAgainstTheFeatures) {
  model_ = model_of("xgboost.gblinear");
  EXPECT_EQ(refusal_of(model_), "");
  const auto weights = [](json& learner) -> json& { return learner["gradient_booster"]["model"]["weights"]; };
  EXPECT_THAT(refusal_after([&](json& learner) { weights(learner).erase(0); }), HasSubstr("weights"));
  EXPECT_THAT(refusal_after([&](json& learner) { weights(learner)[0] = std::nan(""); }), HasSubstr("no number"));
}

TEST_F(ModelStructure, RefusesCategoriesThatDoNotAddUp) {
  model_ = testing::model_with_categories();
  rows_.feature_names = {"kind", "size"};
  EXPECT_EQ(refusal_of(model_), "");
  const auto refused = [&](const char* column, std::size_t place, int value) {
    return refusal_after_tree([&](json& tree) { tree[column][place] = value; });
  };
  EXPECT_THAT(refused("categories", 0, -1), HasSubstr("category that cannot be"));
  EXPECT_THAT(refused("categories", 0, 2'000'000'000), HasSubstr("category that cannot be"));
  EXPECT_THAT(refused("categories_nodes", 0, 100'000), HasSubstr("another node"));
  EXPECT_THAT(refused("categories_nodes", 0, -1), HasSubstr("another node"));
  EXPECT_THAT(refused("categories_segments", 0, 1), HasSubstr("categories of others"));
  EXPECT_THAT(refused("categories_sizes", 0, 100'000), HasSubstr("categories of others"));
  EXPECT_THAT(refused("categories_sizes", 0, 0), HasSubstr("categories of others"));
  EXPECT_THAT(refused("split_type", 0, 0), HasSubstr("miscounts"));
  EXPECT_THAT(refused("split_type", 0, 2), HasSubstr("miscounts"));
  EXPECT_THAT(refusal_after_tree([](json& tree) { tree["categories"].push_back(0); }), HasSubstr("no split"));
}

TEST_F(ModelStructure, RefusesAMissingPart) {
  EXPECT_THAT(refusal_after([](json& learner) { learner.erase("objective"); }), HasSubstr("objective"));
}

}  // namespace
}  // namespace mf::engine
