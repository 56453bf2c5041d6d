#include "mf/engine/model_difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "mf/engine/booster.hpp"
#include "support/failures.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ModelDifferenceTest : public ::testing::Test {
 protected:
  static std::string fitted(std::size_t rows, std::int64_t rounds) {
    return fit(testing::synthetic_rows(rows), testing::range(0, rows), {}, testing::profile(rounds),
               {.seed = 1, .threads = 1})
        .model;
  }

  /// What is found after `edit` changed the model, written anew.
  [[nodiscard]] ModelDifference after(const std::function<void(json&)>& edit) const {
    auto document = json::from_ubjson(model_);
    edit(document);
    std::string bytes;
    json::to_ubjson(document, bytes);
    return first_difference(model_, bytes).value();
  }

  static json& tree(json& model, std::size_t number) {
    return model["learner"]["gradient_booster"]["model"]["trees"][number];
  }

  std::string model_ = fitted(500, 4);
};

TEST_F(ModelDifferenceTest, IsNoneBetweenTheSameBytes) { EXPECT_FALSE(first_difference(model_, fitted(500, 4))); }

TEST_F(ModelDifferenceTest, IsTheFirstTreeForOtherRows) {
  const auto difference = first_difference(model_, fitted(499, 4)).value();
  EXPECT_EQ(difference.tree, 0);
  EXPECT_THAT(difference.what, HasSubstr("node "));
}

TEST_F(ModelDifferenceTest, IsTheTreeAndTheNodeThatParts) {
  const auto difference = after([](json& model) {
    tree(model, 3)["base_weights"][0] = 9.5;
    tree(model, 2)["split_conditions"][1] = 0.5;
  });
  EXPECT_EQ(difference.tree, 2);
  EXPECT_THAT(difference.what, HasSubstr("node 1: split_conditions is "));
  EXPECT_THAT(difference.what, HasSubstr(" and 0.5 as rebuilt"));
}

TEST_F(ModelDifferenceTest, NamesFeaturesByTheirNames) {
  const auto difference = after([](json& model) { tree(model, 0)["split_indices"][0] = 3; });
  EXPECT_THAT(difference.what, HasSubstr("and \"d\" as rebuilt"));
}

TEST_F(ModelDifferenceTest, IsTheFirstTreeThatOneOfThemLacks) {
  const auto difference = first_difference(model_, fitted(500, 6)).value();
  EXPECT_EQ(difference.tree, 4);
  EXPECT_EQ(difference.what, "the number of trees is 4 as recorded and 6 as rebuilt");
}

TEST_F(ModelDifferenceTest, IsNoTreeWhenAllTreesAreAlike) {
  const auto difference = after([](json& model) { model["version"] = {9, 9, 9}; });
  EXPECT_FALSE(difference.tree);
  EXPECT_THAT(difference.what, HasSubstr("/version/0 is "));
}

TEST_F(ModelDifferenceTest, IsNeitherTreeNorPartWhenOnlyTheBytesDiffer) {
  EXPECT_EQ(after([](json&) {}).what, "both say the same in other bytes");
}

TEST_F(ModelDifferenceTest, IsNotWhereBothAreNoNumber) {
  const auto with_nan = [](json& model) { tree(model, 1)["loss_changes"][0] = std::nan(""); };
  auto document = json::from_ubjson(model_);
  with_nan(document);
  model_.clear();
  json::to_ubjson(document, model_);
  EXPECT_EQ(after([](json& model) { tree(model, 2)["base_weights"][0] = 9.5; }).tree, 2);
}

TEST_F(ModelDifferenceTest, IsToldOfOtherBoostersToo) {
  const auto dart = [](double weight) {
    return json{
        {"learner",
         {{"gradient_booster", {{"gbtree", {{"model", {{"trees", {json::object()}}}}}}}}, {"weights", {weight}}}}};
  };
  std::string recorded;
  std::string rebuilt;
  json::to_ubjson(dart(1.5), recorded);
  json::to_ubjson(dart(2.5), rebuilt);
  EXPECT_EQ(first_difference(recorded, rebuilt)->what, "/learner/weights/0 is 1.5 as recorded and 2.5 as rebuilt");
}

TEST_F(ModelDifferenceTest, RefusesWhatIsNoModel) {
  EXPECT_CODE(static_cast<void>(first_difference("garbage", model_)), Code::ENGINE_FAILED);
  EXPECT_CODE(static_cast<void>(first_difference(model_, "")), Code::ENGINE_FAILED);
  EXPECT_CODE(static_cast<void>(after([](json& model) { tree(model, 1) = 7; })), Code::ENGINE_FAILED);
}

}  // namespace
}  // namespace mf::engine
