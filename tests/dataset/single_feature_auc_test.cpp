#include "dataset/single_feature_auc.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "dataset/spilled.hpp"
#include "mf/dataset/spilled_batches.hpp"

namespace mf::dataset {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// Rows with one feature for each of `columns`.
Rows rows_of(const std::vector<std::int8_t>& labels, const std::vector<std::vector<float>>& columns) {
  Rows rows;
  rows.labels = labels;
  for (std::size_t i = 0; i < columns.size(); ++i) rows.feature_names.push_back("f" + std::to_string(i));
  for (std::size_t row = 0; row < labels.size(); ++row) {
    for (const auto& column : columns) rows.features.push_back(column[row]);
  }
  return rows;
}

std::vector<double> aucs_of(const Rows& rows, const std::vector<std::size_t>& chosen, int threads,
                            std::size_t group_bytes = 1'000'000) {
  Split split;
  split.part.assign(rows.size(), Part::test);
  for (const auto row : chosen) split.part[row] = Part::train;
  const auto spilled = testing::spilled(rows);
  SpilledBatches batches(spilled, split, Part::train, nullptr, 64);
  std::vector<double> aucs;
  const std::vector<std::int32_t> no_times(chosen.size());
  for (const auto& feature : rank_features(batches, no_times, threads, group_bytes)) aucs.push_back(feature.auc);
  return aucs;
}

/// The rankings of all rows, whose times are given.
std::vector<FeatureRanking> rankings_of(const Rows& rows, const std::vector<std::int64_t>& times, int threads = 1,
                                        std::size_t group_bytes = 1'000'000) {
  Split split;
  split.part.assign(rows.size(), Part::train);
  const auto spilled = testing::spilled(rows);
  SpilledBatches batches(spilled, split, Part::train, nullptr, 64);
  return rank_features(batches, centred_ranks(times), threads, group_bytes);
}

std::vector<std::size_t> all_of(const Rows& rows) {
  std::vector<std::size_t> chosen(rows.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  return chosen;
}

double auc(const std::vector<std::int8_t>& labels, const std::vector<float>& values) {
  const Rows rows = rows_of(labels, {values});
  return aucs_of(rows, all_of(rows), 1).at(0);
}

/// The definition: pairs of a positive and a negative, one by one.
double auc_by_pairs(const Rows& rows, const std::vector<std::size_t>& chosen, std::size_t feature) {
  const auto value = [&](std::size_t i) {
    const float v = rows.row(i)[feature];
    return std::isnan(v) ? -std::numeric_limits<float>::infinity() : v;
  };
  double won = 0, pairs = 0;
  for (const auto p : chosen) {
    for (const auto n : chosen) {
      if (rows.labels[p] != 1 || rows.labels[n] != 0) continue;
      won += value(p) > value(n) ? 1 : value(p) == value(n) ? 0.5 : 0;
      ++pairs;
    }
  }
  return std::max(won / pairs, 1 - won / pairs);
}

TEST(SingleFeatureAuc, IsOneForAFeatureThatSeparatesTheClasses) {
  EXPECT_EQ(auc({0, 0, 1, 1}, {-2, 0.5, 0.75, 9}), 1);
  EXPECT_EQ(auc({0, 0, 1, 1}, {9, 0.75, 0.5, -2}), 1);
}

TEST(SingleFeatureAuc, IsOneHalfForAConstant) { EXPECT_EQ(auc({0, 0, 1, 1}, {3, 3, 3, 3}), 0.5); }

TEST(SingleFeatureAuc, CountsTiesHalf) {
  EXPECT_DOUBLE_EQ(auc({1, 0, 1, 0, 1, 0, 0, 0}, {.8F, .8F, .8F, .5F, .5F, .5F, .1F, .1F}), 0.8);
}

TEST(SingleFeatureAuc, RanksMissingValuesLowest) {
  EXPECT_EQ(auc({0, 0, 1, 1}, {kMissing, kMissing, -1e30F, 5}), 1);
  EXPECT_EQ(auc({0, 1, 0, 1}, {kMissing, kMissing, kMissing, kMissing}), 0.5);
}

TEST(SingleFeatureAuc, TakesMinusZeroForZero) { EXPECT_EQ(auc({0, 1}, {-0.0F, 0.0F}), 0.5); }

TEST(SingleFeatureAuc, EqualsTheCountOfPairsForAnyNumberOfThreads) {
  std::mt19937 random(11);
  std::vector<std::int8_t> labels(300);
  for (auto& label : labels) label = random() % 4 == 0 ? 1 : 0;
  std::vector<std::vector<float>> columns(7, std::vector<float>(labels.size()));
  for (auto& column : columns) {
    for (auto& value : column) {
      value = random() % 6 == 0
                  ? kMissing
                  : (static_cast<float>(random() % 40) - 20) * std::pow(10.0F, static_cast<float>(random() % 5));
    }
  }
  const Rows rows = rows_of(labels, columns);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < rows.size(); i += 1 + i % 2) chosen.push_back(i);
  const auto aucs = aucs_of(rows, chosen, 1);
  for (std::size_t feature = 0; feature < columns.size(); ++feature) {
    EXPECT_NEAR(aucs[feature], auc_by_pairs(rows, chosen, feature), 1e-12) << feature;
  }
  EXPECT_EQ(aucs_of(rows, chosen, 3), aucs);
  EXPECT_EQ(aucs_of(rows, chosen, 50), aucs);
  for (const std::size_t room : {0, 1, 2, 3, 6}) EXPECT_EQ(aucs_of(rows, chosen, 2, room * 8 * chosen.size()), aucs);
}

TEST(CentredRanks, SumToZeroAndAverageTies) {
  EXPECT_EQ(centred_ranks(std::vector<std::int64_t>{5, 1, 9}), (std::vector<std::int32_t>{0, -2, 2}));
  EXPECT_EQ(centred_ranks(std::vector<std::int64_t>{7, 7, 3, 9}), (std::vector<std::int32_t>{0, 0, -3, 3}));
  EXPECT_EQ(centred_ranks(std::vector<std::int64_t>{4, 4}), (std::vector<std::int32_t>{0, 0}));
  EXPECT_TRUE(centred_ranks({}).empty());
}

TEST(RankFeatures, CountsDifferentValuesAndMissingOnesAsOne) {
  const Rows rows = rows_of({0, 1, 0, 1}, {{1, 2, 2, 3}, {kMissing, kMissing, 0.F, -0.F}});
  const auto found = rankings_of(rows, {1, 2, 3, 4});
  EXPECT_EQ(found[0].distinct, 3U);
  EXPECT_EQ(found[1].distinct, 2U);
}

TEST(RankFeatures, CorrelatesWithTimeAndWithRowOrder) {
  const Rows rows = rows_of({0, 1, 0, 1}, {{10, 20, 30, 40}, {4, 3, 2, 1}});
  const auto found = rankings_of(rows, {4, 3, 2, 1});
  EXPECT_DOUBLE_EQ(found[0].row_correlation, 1);
  EXPECT_DOUBLE_EQ(found[0].time_correlation, -1);
  EXPECT_DOUBLE_EQ(found[1].row_correlation, -1);
  EXPECT_DOUBLE_EQ(found[1].time_correlation, 1);
}

TEST(RankFeatures, FindsSpearmansCorrelation) {
  const Rows rows = rows_of({0, 1, 0, 1, 0}, {{2, 1, 4, 3, 5}});
  EXPECT_DOUBLE_EQ(rankings_of(rows, {1, 2, 3, 4, 5})[0].time_correlation, 0.8);  // 1 - 6 * 4 / 120
}

TEST(RankFeatures, CorrelatesOnlyWhatIsNearlyAllDifferent) {
  const Rows rows = rows_of({0, 1, 0, 1}, {{1, 1, 2, 3}});
  EXPECT_EQ(rankings_of(rows, {1, 2, 3, 4})[0].row_correlation, 0);
  EXPECT_TRUE(is_id_like(90, 100));
  EXPECT_FALSE(is_id_like(89, 100));
}

TEST(RankFeatures, DependNeitherOnThreadsNorOnGroups) {
  std::mt19937 dice(3);
  std::vector<std::vector<float>> columns(5);
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> times;
  for (int i = 0; i < 300; ++i) {
    labels.push_back(static_cast<std::int8_t>(dice() % 2));
    times.push_back(static_cast<std::int64_t>(dice() % 100));
    for (auto& column : columns) column.push_back(static_cast<float>(dice()));
  }
  const Rows rows = rows_of(labels, columns);
  const auto once = rankings_of(rows, times);
  const auto again = rankings_of(rows, times, 4, 1);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    EXPECT_EQ(once[i].time_correlation, again[i].time_correlation);
    EXPECT_EQ(once[i].row_correlation, again[i].row_correlation);
    EXPECT_EQ(once[i].auc, again[i].auc);
    EXPECT_LT(std::abs(once[i].time_correlation), 0.3);
  }
}

}  // namespace
}  // namespace mf::dataset
