#include "mf/engine/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "category_rows.hpp"
#include "engine/row_batches.hpp"
#include "mf/engine/booster.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using testing::Indices;

/// All that a model says of rows, as plain numbers.
struct Told {
  std::vector<std::size_t> rows;
  std::vector<float> numbers;  ///< of each row the contributions, the bias, the margin
  bool operator==(const Told&) const = default;
};

Told told(const Explainer& explainer, dataset::BatchSource& rows) {
  Told told;
  explainer.contributions(rows, [&](const Contributions& row) {
    told.rows.push_back(row.row);
    told.numbers.insert(told.numbers.end(), row.features.begin(), row.features.end());
    told.numbers.insert(told.numbers.end(), {row.bias, row.margin});
  });
  return told;
}

std::vector<float> pairs_told(const Explainer& explainer, dataset::BatchSource& rows) {
  std::vector<float> numbers;
  explainer.interactions(
      rows, [&](const Interactions& row) { numbers.insert(numbers.end(), row.matrix.begin(), row.matrix.end()); });
  return numbers;
}

contracts::TrainingProfile profile_of(const std::string& algorithm) {
  auto profile = testing::profile(20);
  profile.algorithm_id = algorithm;
  if (algorithm == "xgboost.dart") profile.algorithm.params.insert({{"rate_drop", 0.4}, {"one_drop", true}});
  if (algorithm == "xgboost.gblinear") profile.algorithm.params = {{"eta", 0.5}};
  return profile;
}

class Explanations : public ::testing::TestWithParam<const char*> {
 protected:
  Explainer explainer(int threads = 1) const { return {model_, rows_.feature_names, threads}; }

  Told told_in_batches(int threads, std::size_t batch_rows) const {
    RowBatches batches(rows_, asked_, batch_rows);
    return told(explainer(threads), batches);
  }

  dataset::Rows rows_ = testing::synthetic_rows(3000, 5, true);
  Indices asked_ = testing::range(1500, 2500);
  std::string model_ = fit(rows_, testing::range(0, 2000), {}, profile_of(GetParam()), {.seed = 3, .threads = 2}).model;
};

INSTANTIATE_TEST_SUITE_P(AllAlgorithms, Explanations,
                         ::testing::Values("xgboost.gbtree", "xgboost.dart", "xgboost.gblinear"));

TEST_P(Explanations, SumToTheMargin) {
  RowBatches batches(rows_, asked_);
  std::size_t told = 0;
  explainer().contributions(batches, [&](const Contributions& row) {
    double sum = static_cast<double>(row.bias);
    for (const float effect : row.features) sum += static_cast<double>(effect);
    EXPECT_NEAR(sum, static_cast<double>(row.margin), 1e-5) << row.row;
    ++told;
  });
  EXPECT_EQ(told, asked_.size());
}

TEST_P(Explanations, AreOfTheScoresThatTheModelGives) {
  RowBatches batches(rows_, asked_);
  const auto scores = Scorer(model_, rows_.feature_names, 1).score(rows_, asked_);
  std::size_t i = 0;
  explainer().contributions(batches, [&](const Contributions& row) {
    EXPECT_EQ(row.row, asked_[i]);
    EXPECT_NEAR(1 / (1 + std::exp(-static_cast<double>(row.margin))), static_cast<double>(scores[i++]), 1e-6);
  });
}

TEST_P(Explanations, ShowTheValuesThatWereExplained) {
  RowBatches batches(rows_, asked_);
  explainer().contributions(batches, [&](const Contributions& row) {
    for (std::size_t j = 0; j < row.values.size(); ++j) {
      const float value = rows_.row(row.row)[j];
      EXPECT_TRUE(row.values[j] == value || (std::isnan(row.values[j]) && std::isnan(value)));
    }
  });
}

TEST_P(Explanations, AreTheSameForAnyNumberOfThreadsAndAnyBatches) {
  const Told one = told_in_batches(1, kBatchRows);
  EXPECT_EQ(one, told_in_batches(2, 77));
  EXPECT_EQ(one, told_in_batches(4, 19));
  EXPECT_EQ(one, told_in_batches(8, 500));
}

TEST_P(Explanations, HaveOneBias) {
  const Told all = told_in_batches(1, kBatchRows);
  for (std::size_t at = 5; at < all.numbers.size(); at += 7) EXPECT_EQ(all.numbers[at], all.numbers[5]);
}

TEST_P(Explanations, OfNoRowsAreNone) {
  asked_.clear();
  EXPECT_TRUE(told_in_batches(1, kBatchRows).rows.empty());
}

TEST_P(Explanations, RefuseRowsOfOthers) {
  const Explainer of_model = explainer();
  std::swap(rows_.feature_names[0], rows_.feature_names[1]);
  RowBatches batches(rows_, asked_);
  EXPECT_THROW(of_model.contributions(batches, [](const Contributions&) {}), Error);
}

class ExplanationsOfTrees : public Explanations {
 protected:
  ExplanationsOfTrees() { asked_.resize(60); }
};

INSTANTIATE_TEST_SUITE_P(Trees, ExplanationsOfTrees, ::testing::Values("xgboost.gbtree", "xgboost.dart"));

TEST_P(ExplanationsOfTrees, PairsSumToTheContributions) {
  RowBatches batches(rows_, asked_);
  const Told single = told(explainer(), batches);
  std::size_t at = 0;
  explainer().interactions(batches, [&](const Interactions& row) {
    for (std::size_t a = 0; a <= row.features; ++a, ++at) {
      double sum = 0;
      for (std::size_t b = 0; b <= row.features; ++b) sum += static_cast<double>(row.matrix[a * 6 + b]);
      EXPECT_NEAR(sum, static_cast<double>(single.numbers[at]), 1e-5);
    }
    ++at;
  });
}

TEST_P(ExplanationsOfTrees, PairsAreTheSameForAnyNumberOfThreadsAndAnyBatches) {
  RowBatches whole(rows_, asked_), cut(rows_, asked_, 7);
  EXPECT_EQ(pairs_told(explainer(1), whole), pairs_told(explainer(4), cut));
}

TEST_P(ExplanationsOfTrees, CountSplits) {
  double splits = 0;
  for (const auto& of : explainer().importances()) {
    splits += of.weight;
    EXPECT_EQ(of.gain.has_value(), of.weight > 0);
    EXPECT_EQ(of.cover.has_value(), of.weight > 0);
    EXPECT_NEAR(of.gain.value_or(0) * of.weight, of.total_gain.value(), 1e-5 * of.total_gain.value());
    EXPECT_NEAR(of.cover.value_or(0) * of.weight, of.total_cover.value(), 1e-5 * of.total_cover.value());
  }
  EXPECT_GT(splits, 20);
  EXPECT_EQ(explainer().rounds(), 20);
}

TEST(ExplanationOfALinearModel, HasCoefficientsAndNothingOfPairs) {
  const auto rows = testing::synthetic_rows(1000, 3);
  const auto all = testing::range(0, 1000);
  const auto fitted = fit(rows, all, {}, profile_of("xgboost.gblinear"), {.seed = 1, .threads = 1});
  const Explainer explainer(fitted.model, rows.feature_names, 1);
  EXPECT_TRUE(explainer.is_linear());
  EXPECT_EQ(explainer.no_interactions(), "a linear model has no interactions");
  RowBatches batches(rows, all);
  EXPECT_THROW(explainer.interactions(batches, [](const Interactions&) {}), Error);
  const auto importances = explainer.importances();
  explainer.contributions(batches, [&](const Contributions& row) {
    for (std::size_t j = 0; j < 3; ++j)
      EXPECT_NEAR(importances[j].weight * static_cast<double>(row.values[j]), static_cast<double>(row.features[j]),
                  1e-6);
  });
  for (const auto& of : importances) EXPECT_FALSE(of.gain || of.cover || of.total_gain || of.total_cover);
}

TEST(ExplanationOfAFeatureThatIsNeverSplitOn, IsNothing) {
  auto rows = testing::synthetic_rows(1000, 3);
  for (std::size_t i = 2; i < rows.features.size(); i += 3) rows.features[i] = 1;
  const auto all = testing::range(0, 1000);
  const Explainer explainer(fit(rows, all, {}, testing::profile(), {.seed = 1, .threads = 1}).model, rows.feature_names,
                            1);
  const auto constant = explainer.importances()[2];
  EXPECT_EQ(constant.weight, 0);
  EXPECT_EQ(constant.total_gain, 0);
  EXPECT_EQ(constant.total_cover, 0);
  EXPECT_FALSE(constant.gain || constant.cover);
  RowBatches batches(rows, all);
  explainer.contributions(batches, [](const Contributions& row) { EXPECT_EQ(row.features[2], 0); });
}

TEST(ExplanationOfCategories, SumsToTheMarginToo) {
  constexpr std::size_t kCategories = 300;
  const auto rows = testing::category_rows(5000, kCategories);
  const auto fitted = testing::fit_categories(rows, kCategories, testing::profile(20));
  const auto some = testing::range(0, 500);
  testing::CategoryBatches batches(rows, some, kCategories);
  float largest = 0;
  Explainer(fitted.model, rows.feature_names, 2).contributions(batches, [&](const Contributions& row) {
    EXPECT_NEAR(static_cast<double>(row.features[0] + row.features[1] + row.bias), static_cast<double>(row.margin),
                1e-5);
    largest = std::max(largest, std::abs(row.features[0]));
  });
  EXPECT_GT(largest, 0.5F);
}

}  // namespace
}  // namespace mf::engine
