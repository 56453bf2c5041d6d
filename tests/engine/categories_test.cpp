#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "category_rows.hpp"
#include "mf/engine/booster.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

using nlohmann::json;
using testing::CategoryBatches;
using testing::Indices;

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

class Categories : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    profile_ = testing::profile(20);
    profile_.algorithm_id = GetParam();
  }

  Fit fitted(int threads = 1, std::size_t batch_rows = kBatchRows) const {
    return testing::fit_categories(rows_, kCategories, profile_, threads, batch_rows);
  }

  static std::vector<float> scores(const std::string& model, const dataset::Rows& rows) {
    const Indices all = testing::range(0, rows.size());
    CategoryBatches batches(rows, all, kCategories);
    return Scorer(model, rows.feature_names, 1).score(batches);
  }

  static float score_of(const std::string& model, float category) {
    dataset::Rows row;
    row.feature_names = {"kind", "size"};
    row.features = {category, 0.5F};
    row.labels = {0};
    return scores(model, row).front();
  }

  static constexpr std::size_t kCategories = 700;  // more than there are bins
  dataset::Rows rows_ = testing::category_rows(30'000, kCategories);
  contracts::TrainingProfile profile_;
};

INSTANTIATE_TEST_SUITE_P(Trees, Categories, ::testing::Values("xgboost.gbtree", "xgboost.dart"));

TEST_P(Categories, AreToldApartWhateverTheirOrder) {
  const std::string model = fitted().model;
  std::size_t right = 0;
  for (std::size_t kind = 0; kind < kCategories; ++kind)
    right += (score_of(model, static_cast<float>(kind)) > 0.5F) == testing::is_bad(kind) ? 1 : 0;
  EXPECT_GT(right, kCategories * 95 / 100);
}

TEST_P(Categories, GiveTheSameBytesForAnyNumberOfThreadsAndAnyBatches) {
  const std::string one = fitted().model;
  for (const int threads : {2, 4, 8}) EXPECT_EQ(one, fitted(threads, 1000).model) << threads;
}

TEST_P(Categories, AreKnownToTheModel) {
  const auto learner = json::from_ubjson(fitted().model).at("learner");
  EXPECT_EQ(learner.at("feature_types"), (json{"c", "float"}));
}

TEST_P(Categories, NeedNoRowOfTheLastOne) {
  for (auto& value : rows_.features)
    if (value == static_cast<float>(kCategories - 1)) value = kMissing;
  EXPECT_NO_THROW(score_of(fitted().model, static_cast<float>(kCategories - 1)));
}

TEST_P(Categories, MayBeMissing) {
  const std::string model = fitted().model;
  EXPECT_GT(score_of(model, kMissing), 0.2F);
  EXPECT_LT(score_of(model, kMissing), 0.8F);
}

TEST_P(Categories, MayAllBeMissing) {
  for (std::size_t i = 0; i < rows_.features.size(); i += 2) rows_.features[i] = kMissing;
  EXPECT_NO_THROW(score_of(fitted().model, 3));
}

TEST_P(Categories, StopEarlyToo) {
  profile_ = testing::stopping_profile("auc_pr", 3, 50);
  profile_.algorithm_id = GetParam();
  const Fit fit = fitted();
  profile_ = testing::profile(fit.rounds_kept);
  profile_.algorithm_id = GetParam();
  EXPECT_EQ(fit.model, fitted().model);
}

TEST_P(Categories, AreCodesAndNothingElse) {
  for (const float value : {-1.0F, 0.5F, static_cast<float>(kCategories), 1e9F}) {
    auto rows = testing::category_rows(100, kCategories);
    rows.features[20] = value;
    EXPECT_THROW(testing::fit_categories(rows, kCategories, profile_), Error) << value;
    EXPECT_THROW(score_of(fitted().model, value), Error) << value;
  }
}

TEST_P(Categories, AreNotScoredAsNumbers) {
  const std::string model = fitted().model;
  const Scorer scorer(model, rows_.feature_names, 1);
  EXPECT_THROW(scorer.score(rows_, {0, 1}), Error);
}

TEST(NumberOfCategories, MayLieOnEitherSideOfAByteAndBeAsManyAsThereMayBe) {
  const auto profile = testing::profile(2);
  for (const std::size_t count :
       {std::size_t{1}, std::size_t{2}, std::size_t{256}, std::size_t{257}, kMostCategories}) {
    const auto rows = testing::category_rows(3000, count);
    EXPECT_EQ(testing::fit_categories(rows, count, profile, 1).model,
              testing::fit_categories(rows, count, profile, 4, 77).model)
        << count;
  }
}

TEST(CategoriesOfALinearModel, AreRefused) {
  auto profile = testing::profile(2);
  profile.algorithm_id = "xgboost.gblinear";
  profile.algorithm.params = {};
  try {
    testing::fit_categories(testing::category_rows(100, 3), 3, profile);
    FAIL() << "it was fitted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::TRAINING_PROFILE_INVALID);
    EXPECT_EQ(error.context().at("pointer"), "/algorithm_id");
  }
}

TEST(TooManyCategories, AreRefused) {
  EXPECT_THROW(testing::fit_categories(testing::category_rows(100, 3), kMostCategories + 1, testing::profile(1)),
               Error);
}

}  // namespace
}  // namespace mf::engine
