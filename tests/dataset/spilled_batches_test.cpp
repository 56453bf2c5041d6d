#include "mf/dataset/spilled_batches.hpp"

#include <gtest/gtest.h>

#include "dataset/spilled.hpp"

namespace mf::dataset {
namespace {

class Batches : public ::testing::Test {
 protected:
  static constexpr std::size_t kColumns = 3, kRows = 1000, kRowBytes = kColumns * sizeof(float);

  Batches() {
    rows_.feature_names = {"a", "b", "c"};
    for (std::size_t i = 0; i < kRows; ++i) {
      const auto number = static_cast<float>(i);
      rows_.features.insert(rows_.features.end(), {number, number + 0.25F, number + 0.5F});
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

  /// What the `wanted` rows give when they are a part.
  [[nodiscard]] Pass given(const std::vector<std::size_t>& wanted, std::size_t block_bytes, int passes = 1) const {
    Split split;
    split.part.assign(rows_.size(), Part::train);
    for (const auto row : wanted) split.part[row] = Part::test;
    const auto rows = testing::spilled(rows_, 300);
    SpilledBatches batches(rows, split, Part::test, nullptr, block_bytes);
    EXPECT_EQ(batches.row_count(), wanted.size());
    for (int i = 1; i < passes; ++i) {
      batches.next();
      batches.rewind();
      EXPECT_EQ(pass_over(batches), expected(wanted)) << i;
      batches.rewind();
    }
    return pass_over(batches);
  }

  Rows rows_;
};

TEST_F(Batches, HoldTheChosenRowsWhateverTheirSize) {
  const std::vector<std::size_t> wanted = {0, 1, 2, 6, 7, 100, 101, 500, 998, 999};
  for (const std::size_t rows : {1, 2, 3, 7, 1000}) {
    const Pass pass = given(wanted, rows * kRowBytes);
    EXPECT_EQ(pass, expected(wanted)) << rows;
    EXPECT_EQ(pass.batches, (wanted.size() + rows - 1) / rows);
  }
}

TEST_F(Batches, AreTheSameOnEveryPass) {
  const std::vector<std::size_t> wanted = {3, 4, 700};
  EXPECT_EQ(given(wanted, 2 * kRowBytes, 4), expected(wanted));
}

TEST_F(Batches, HoldOneRowWhereABlockHoldsNone) { EXPECT_EQ(given({8, 9}, 1), expected({8, 9})); }

TEST_F(Batches, HaveNoWeightsWhenTheDatasetHasNone) {
  rows_.weights.clear();
  EXPECT_TRUE(given({8, 9}, 1000).weights.empty());
}

TEST_F(Batches, AreNoneWhereNothingIsWanted) { EXPECT_EQ(given({}, 1000).batches, 0U); }

TEST_F(Batches, LetKeptNegativesWeighForTheDroppedOnes) {
  Split split;
  split.part.assign(rows_.size(), Part::train);
  split.sampled = Sampled{.kept = 1, .dropped = 3, .weight = 4};
  const auto weights_of = [&](const SpilledRows& rows, Part part) {
    SpilledBatches batches(rows, split, part);
    return pass_over(batches).weights;
  };
  const auto weighted = testing::spilled(rows_);
  EXPECT_EQ(weights_of(weighted, Part::train).at(7), 7.0F / 8);  // a positive
  EXPECT_EQ(weights_of(weighted, Part::train).at(9), 9.0F / 2);
  split.part[9] = Part::validation;
  EXPECT_EQ(weights_of(weighted, Part::validation).at(0), 9.0F / 8);
  rows_.weights.clear();
  const auto plain = testing::spilled(rows_);
  EXPECT_EQ(weights_of(plain, Part::train).at(7), 1);
  EXPECT_EQ(weights_of(plain, Part::train).at(8), 4);
  EXPECT_TRUE(weights_of(plain, Part::validation).empty());
  split.sampled.reset();
  EXPECT_TRUE(weights_of(plain, Part::train).empty());
}

}  // namespace
}  // namespace mf::dataset
