#include "mf/dataset/feature_spill.hpp"

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace mf::dataset {
namespace {

class Spill : public ::testing::Test {
 protected:
  static constexpr std::size_t kColumns = 3, kRows = 1000, kRowBytes = kColumns * sizeof(float);

  Spill() {
    rows_.feature_names = {"a", "b", "c"};
    for (std::size_t i = 0; i < kRows; ++i) {
      const auto number = static_cast<float>(i);
      spill_.append(std::vector{number, number + 0.25F, number + 0.5F});
      rows_.labels.push_back(i % 7 == 0 ? 1 : 0);
      rows_.weights.push_back(static_cast<double>(i) / 8);
    }
  }

  /// What a pass gives, batches end to end.
  struct Pass {
    std::vector<std::size_t> rows;
    std::vector<float> features, labels, weights;
    std::size_t batches = 0;
    bool operator==(const Pass& other) const {
      return rows == other.rows && features == other.features && labels == other.labels && weights == other.weights;
    }
  };

  static Pass pass_over(BatchSource& source) {
    Pass pass;
    while (const auto batch = source.next()) {
      pass.rows.insert(pass.rows.end(), batch->rows.begin(), batch->rows.end());
      pass.features.insert(pass.features.end(), batch->features.begin(), batch->features.end());
      pass.labels.insert(pass.labels.end(), batch->labels.begin(), batch->labels.end());
      pass.weights.insert(pass.weights.end(), batch->weights.begin(), batch->weights.end());
      ++pass.batches;
    }
    return pass;
  }

  [[nodiscard]] Pass expected(const std::vector<std::size_t>& wanted) const {
    Pass pass;
    pass.rows = wanted;
    for (const std::size_t row : wanted) {
      const auto number = static_cast<float>(row);
      pass.features.insert(pass.features.end(), {number, number + 0.25F, number + 0.5F});
      pass.labels.push_back(row % 7 == 0 ? 1 : 0);
      pass.weights.push_back(number / 8);
    }
    return pass;
  }

  testing::TemporaryFolder folder_;
  FeatureSpill spill_{folder_.path(""), kColumns};
  Rows rows_;
};

TEST_F(Spill, CountsItsRows) { EXPECT_EQ(spill_.rows(), kRows); }

TEST_F(Spill, GivesTheChosenRowsInBatchesOfAnySize) {
  const std::vector<std::size_t> wanted = {0, 1, 2, 6, 7, 100, 101, 500, 998, 999};
  for (const std::size_t rows : {1, 2, 3, 7, 1000}) {
    SpilledBatches batches(spill_, rows_, wanted, rows * kRowBytes);
    const Pass pass = pass_over(batches);
    EXPECT_EQ(pass, expected(wanted)) << rows;
    EXPECT_EQ(pass.batches, (wanted.size() + rows - 1) / rows);
  }
}

TEST_F(Spill, GivesTheSameOnEveryPass) {
  const std::vector<std::size_t> wanted = {3, 4, 700};
  SpilledBatches batches(spill_, rows_, wanted, 2 * kRowBytes);
  for (int pass = 0; pass < 3; ++pass) {
    EXPECT_EQ(pass_over(batches), expected(wanted)) << pass;
    batches.rewind();
  }
  batches.next();
  batches.rewind();
  EXPECT_EQ(pass_over(batches), expected(wanted));
}

TEST_F(Spill, GivesOneRowAtATimeWhereABlockHoldsNone) {
  const std::vector<std::size_t> wanted = {8, 9};
  SpilledBatches batches(spill_, rows_, wanted, 1);
  EXPECT_EQ(pass_over(batches), expected(wanted));
}

TEST_F(Spill, HasNoWeightsWhenTheDatasetHasNone) {
  rows_.weights.clear();
  const std::vector<std::size_t> wanted = {8, 9};
  SpilledBatches batches(spill_, rows_, wanted);
  EXPECT_TRUE(batches.next().value().weights.empty());
}

TEST_F(Spill, HasNothingToGiveWhereNothingIsWanted) {
  const std::vector<std::size_t> wanted;
  SpilledBatches batches(spill_, rows_, wanted);
  EXPECT_FALSE(batches.next());
}

}  // namespace
}  // namespace mf::dataset
