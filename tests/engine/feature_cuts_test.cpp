#include "engine/feature_cuts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "engine/row_batches.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using ::testing::ElementsAre;

class FeatureCuts : public ::testing::Test {
 protected:
  static constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

  /// Rows of one feature.
  void set(const std::vector<float>& values) {
    rows_.feature_names = {"a"};
    rows_.features = values;
    rows_.labels.assign(values.size(), 0);
  }

  /// The cut rows without what is missing.
  std::vector<float> cuts(std::size_t bins) {
    auto values = all(bins);
    std::erase_if(values, [](float value) { return std::isnan(value); });
    return values;
  }

  std::vector<float> all(std::size_t bins, int threads = 1, std::size_t batch_rows = 100,
                         std::size_t group_bytes = 1 << 20) {
    const auto wanted = testing::range(0, rows_.size());
    RowBatches source(rows_, wanted, batch_rows);
    return cut_rows(source, bins, threads, group_bytes);
  }

  dataset::Rows rows_;
};

TEST_F(FeatureCuts, AreAllValuesWhereTheyAreFew) {
  set({3, -1, 3, 2, kMissing, 2, -1});
  EXPECT_THAT(cuts(4), ElementsAre(-1, 2, 3));
  EXPECT_THAT(cuts(2), ElementsAre(-1, 2, 3));
}

TEST_F(FeatureCuts, GoFromTheLeastToTheGreatestInEqualSteps) {
  std::vector<float> values;
  for (int i = 0; i <= 100; ++i) values.push_back(static_cast<float>((i * 37) % 101));
  set(values);
  EXPECT_THAT(cuts(4), ElementsAre(0, 25, 50, 75, 100));
  EXPECT_THAT(cuts(2), ElementsAre(0, 50, 100));
}

TEST_F(FeatureCuts, TakeAFrequentValueOnce) {
  set({1, 5, 5, 5, 5, 5, 5, 5, 8, 9});
  EXPECT_THAT(cuts(2), ElementsAre(1, 5, 9));
}

TEST_F(FeatureCuts, CountWeights) {
  set({1, 2, 3, 4, 5, 6});
  rows_.weights = {1, 1, 1, 1, 1, 100};
  EXPECT_THAT(cuts(2), ElementsAre(1, 6));
  rows_.weights = {1, 100, 1, 1, 0, 0};
  EXPECT_THAT(cuts(2), ElementsAre(1, 2, 4));
}

TEST_F(FeatureCuts, AreNoneOfAFeatureWithoutValues) {
  set({kMissing, kMissing});
  EXPECT_THAT(cuts(2), ElementsAre());
}

TEST_F(FeatureCuts, DependOnTheRowsOnly) {
  rows_ = testing::synthetic_rows(3000, 5, true);
  for (std::size_t i = 0; i < rows_.size(); ++i) rows_.weights.push_back(0.1 * static_cast<double>(i % 7));
  const auto bits = [](const std::vector<float>& values) {
    std::vector<std::uint32_t> images;
    for (const float value : values) images.push_back(std::bit_cast<std::uint32_t>(value));
    return images;
  };
  const auto one = bits(all(64));
  EXPECT_EQ(one.size(), 65U * 5U);
  EXPECT_EQ(bits(all(64, 4)), one);
  EXPECT_EQ(bits(all(64, 1, 7)), one);
  EXPECT_EQ(bits(all(64, 2, 7, 1)), one) << "one feature at a time";
}

TEST_F(FeatureCuts, RefuseAnInfiniteValue) {
  set({1, std::numeric_limits<float>::infinity()});
  EXPECT_THROW(cuts(2), Error);
}

}  // namespace
}  // namespace mf::engine
