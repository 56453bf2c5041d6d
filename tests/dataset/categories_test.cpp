#include "mf/dataset/categories.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "dataset/spilled.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "support/failures.hpp"

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;

constexpr auto kTrain = Part::train, kTest = Part::test;

/// One number, then a category; eight rows, the last three of them for testing.
class CategoriesTest : public ::testing::Test {
 protected:
  CategoriesTest() {
    rows.feature_names = {"number", "shop"};
    rows.categories.push_back({1, {}});
    split.part = {kTrain, kTrain, kTrain, kTrain, kTrain, kTest, kTest, kTest};
    give({"market", "kiosk", "", "Kiosk", "market", "kiosk", "new", ""});
  }

  void give(const std::vector<std::string>& texts) {
    rows.labels.assign(texts.size(), 0);
    rows.features.clear();
    rows.categories[0].values.clear();
    for (const auto& text : texts) {
      rows.features.insert(rows.features.end(), {7, std::nanf("")});
      rows.categories[0].values.append(text);
    }
  }

  /// The codes of a part's rows; -1 for none.
  [[nodiscard]] std::vector<float> codes_of(Part part, std::size_t portion = 8) const {
    const auto spilled = testing::spilled(rows, portion);
    const Categories categories(spilled, split);
    SpilledBatches batches(spilled, split, part, &categories);
    std::vector<float> codes;
    while (const auto batch = batches.next()) {
      for (std::size_t i = 0; i < batch->rows.size(); ++i) {
        EXPECT_EQ(batch->features[2 * i], 7);
        const float code = batch->features[2 * i + 1];
        codes.push_back(std::isnan(code) ? -1 : code);
      }
    }
    return codes;
  }

  Rows rows;
  Split split;
};

TEST_F(CategoriesTest, AreTheTextsOfTheTrainRowsByTheirBytes) {
  const Categories categories(testing::spilled(rows), split);
  EXPECT_THAT(categories.texts().at("shop"), ElementsAre("Kiosk", "kiosk", "market"));
  EXPECT_THAT(categories.counts(2), ElementsAre(0, 3));
}

TEST_F(CategoriesTest, CodeEveryRowHoweverTheRowsCame) {
  for (std::size_t portion = 1; portion <= 8; ++portion) {
    EXPECT_THAT(codes_of(kTrain, portion), ElementsAre(2, 1, -1, 0, 2));
    EXPECT_THAT(codes_of(kTest, portion), ElementsAre(1, -1, -1));
  }
}

TEST_F(CategoriesTest, DoNotDependOnTheOrderOfTheRows) {
  give({"market", "market", "Kiosk", "", "kiosk", "new", "", "kiosk"});
  EXPECT_THAT(Categories(testing::spilled(rows), split).texts().at("shop"), ElementsAre("Kiosk", "kiosk", "market"));
}

TEST_F(CategoriesTest, AreRefusedWhereNoTrainRowHasAny) {
  give({"", "", "", "", "", "a", "b", "c"});
  EXPECT_CODE(Categories(testing::spilled(rows), split), Code::DATA_INVALID);
}

TEST_F(CategoriesTest, AreRefusedWhenTheyAreIdentifiers) {
  std::vector<std::string> many;
  for (std::size_t i = 0; i <= SeenTexts::kMost; ++i) many.push_back(std::to_string(i));
  give(many);
  EXPECT_CODE(testing::spilled(rows), Code::DATA_INVALID);
}

TEST_F(CategoriesTest, HaveTheCodesOfAModelThatKnowsThem) {
  const auto spilled = testing::spilled(rows);
  const Categories categories(spilled, {{"shop", {"new", "closed", "kiosk"}}});
  EXPECT_THAT(categories.counts(2), ElementsAre(0, 3));
  std::vector<float> codes;
  for (std::size_t row = 0; row < rows.labels.size(); ++row) {
    std::vector<float> features(2);
    spilled.read_features(row, features);
    categories.recode(features.data());
    codes.push_back(std::isnan(features[1]) ? -1 : features[1]);
  }
  EXPECT_THAT(codes, ElementsAre(-1, 2, -1, -1, -1, 2, 0, -1));
}

TEST_F(CategoriesTest, OfAModelMustBeCategoriesOfTheRowsToo) {
  const auto spilled = testing::spilled(rows);
  const std::map<std::string, std::vector<std::string>> of_the_model = {{"number", {"7"}}};
  EXPECT_CODE(Categories(spilled, of_the_model), Code::DATA_INVALID);
}

TEST_F(CategoriesTest, AreThoseOfTheTestRowsWhereNothingIsTrained) {
  split.part.assign(8, kTest);
  EXPECT_THAT(Categories(testing::spilled(rows), split, kTest).texts().at("shop"),
              ElementsAre("Kiosk", "kiosk", "market", "new"));
}

TEST(NoCategories, AreNone) {
  Rows rows;
  rows.feature_names = {"number"};
  rows.features = {1, 2};
  rows.labels = {0, 1};
  Split split;
  split.part = {kTrain, kTrain};
  const Categories categories(testing::spilled(rows), split);
  EXPECT_TRUE(categories.empty());
  EXPECT_THAT(categories.counts(1), ElementsAre(0));
}

}  // namespace
}  // namespace mf::dataset
