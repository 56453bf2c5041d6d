#include "mf/dataset/chosen_features.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "dataset/spilled.hpp"
#include "mf/dataset/categories.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "support/failures.hpp"

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;

/// Three rows of two numbers and a category.
class ChosenFeaturesTest : public ::testing::Test {
 protected:
  ChosenFeaturesTest() {
    rows.feature_names = {"a", "shop", "b"};
    rows.categories.push_back({1, {}});
    for (int i = 0; i < 3; ++i) {
      rows.features.insert(rows.features.end(), {static_cast<float>(i), std::nanf(""), static_cast<float>(10 + i)});
      rows.categories[0].values.append(i == 1 ? "kiosk" : "market");
      rows.labels.push_back(i == 0 ? 1 : 0);
    }
    split.part.assign(3, Part::test);
  }

  Rows rows;
  Split split;
};

TEST_F(ChosenFeaturesTest, GivesThemByNameInAnOrderOfTheirOwn) {
  const auto spilled = testing::spilled(rows, 3);
  const Categories categories(
      spilled, std::map<std::string, std::vector<std::string>>{{"shop", std::vector<std::string>{"kiosk", "market"}}});
  SpilledBatches all(spilled, split, Part::test, &categories);
  ChosenFeatures chosen(all, {"b", "shop"});
  EXPECT_THAT(chosen.feature_names(), ElementsAre("b", "shop"));
  EXPECT_THAT(chosen.categories(), ElementsAre(0, 2));
  const auto batch = chosen.next();
  ASSERT_TRUE(batch);
  EXPECT_THAT(batch->features, ElementsAre(10, 1, 11, 0, 12, 1));
  EXPECT_THAT(batch->labels, ElementsAre(1, 0, 0));
  EXPECT_FALSE(chosen.next());
}

TEST_F(ChosenFeaturesTest, GivesTheSameOnEveryPassHoweverTheBatchesAreCut) {
  const auto spilled = testing::spilled(rows, 3);
  SpilledBatches all(spilled, split, Part::test, nullptr, 1);
  ChosenFeatures chosen(all, {"b"});
  for (int pass = 0; pass < 2; ++pass) {
    std::vector<float> values;
    while (const auto batch = chosen.next())
      values.insert(values.end(), batch->features.begin(), batch->features.end());
    EXPECT_THAT(values, ElementsAre(10, 11, 12));
    chosen.rewind();
  }
}

TEST_F(ChosenFeaturesTest, RefusesAFeatureThatIsNotThere) {
  const auto spilled = testing::spilled(rows, 3);
  SpilledBatches all(spilled, split, Part::test);
  EXPECT_CODE(ChosenFeatures(all, std::vector<std::string>{"c"}), Code::DATA_INVALID);
}

}  // namespace
}  // namespace mf::dataset
