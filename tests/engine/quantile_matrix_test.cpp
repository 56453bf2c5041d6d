#include "engine/quantile_matrix.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "dataset/spilled.hpp"
#include "engine/row_batches.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "mf/engine/booster.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

class StreamedTraining : public ::testing::Test {
 protected:
  StreamedTraining() {
    rows_.weights.resize(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_.weights[i] = static_cast<double>(i % 5);
    split_.part.assign(rows_.size(), dataset::Part::train);
    for (const std::size_t row : validation_) split_.part[row] = dataset::Part::validation;
    profile_.algorithm.params["subsample"] = 0.8;
    profile_.algorithm.params["max_bin"] = std::int64_t{64};
  }

  std::string model_of(const FitRows& source, int threads = 1) const {
    return fit(source, profile_, {.seed = 31, .threads = threads}).model;
  }

  std::string model_in_batches_of(std::size_t batch_rows, int threads) const {
    RowBatches train(rows_, train_, batch_rows), validation(rows_, validation_, batch_rows);
    return model_of({train, validation}, threads);
  }

  dataset::Rows rows_ = testing::synthetic_rows(9000, 4, true);
  testing::Indices train_ = testing::range(0, 6000);
  testing::Indices validation_ = testing::range(6000, 9000);
  dataset::Split split_;
  contracts::TrainingProfile profile_ = testing::stopping_profile("auc_pr", 5, 20);
};

TEST_F(StreamedTraining, GivesTheSameBytesForAnyBatchSizeAndNumberOfThreads) {
  const std::string whole = model_in_batches_of(train_.size(), 1);
  for (const std::size_t batch_rows : {1, 7, 65'536}) {
    for (const int threads : {1, 2, 4}) {
      EXPECT_EQ(model_in_batches_of(batch_rows, threads), whole) << batch_rows << " rows, " << threads << " threads";
    }
  }
}

TEST_F(StreamedTraining, GivesTheSameBytesFromDiskAsFromMemory) {
  const std::string from_memory = fit(rows_, train_, validation_, profile_, {.seed = 31, .threads = 1}).model;
  const auto spilled = dataset::testing::spilled(rows_, 1000);
  for (const std::size_t block_bytes : {64, 100'000}) {
    dataset::SpilledBatches train(spilled, split_, dataset::Part::train, nullptr, block_bytes);
    dataset::SpilledBatches validation(spilled, split_, dataset::Part::validation, nullptr, block_bytes);
    EXPECT_EQ(model_of({train, validation}), from_memory) << block_bytes;
  }
}

TEST_F(StreamedTraining, ScoresFromDiskAsFromMemory) {
  const Scorer scorer(model_in_batches_of(500, 1), rows_.feature_names, 1);
  const auto from_memory = scorer.score(rows_, validation_);
  const auto spilled = dataset::testing::spilled(rows_, 1000);
  dataset::SpilledBatches validation(spilled, split_, dataset::Part::validation, nullptr, 1000);
  EXPECT_EQ(scorer.score(validation), from_memory);
  EXPECT_EQ(scorer.score(validation), from_memory) << "in a second pass";
}

// Fails at the start of one of its passes.
class FailingSource : public RowBatches {
 public:
  FailingSource(const dataset::Rows& rows, const std::vector<std::size_t>& wanted, int good_passes)
      : RowBatches(rows, wanted, 100), good_passes_(good_passes) {}

  std::optional<dataset::RowBatch> next() override {
    if (good_passes_ < 0) throw std::runtime_error("the disk is gone");
    return RowBatches::next();
  }
  void rewind() override {
    --good_passes_;
    RowBatches::rewind();
  }

 private:
  int good_passes_;
};

TEST_F(StreamedTraining, PassesOnWhatItsSourceThrows) {
  for (int good_passes = 0; good_passes < 4; ++good_passes) {
    FailingSource train(rows_, train_, good_passes);
    EXPECT_THROW(quantile_matrix(train, {}), std::runtime_error) << good_passes;
  }
}

TEST_F(StreamedTraining, ReadsItsSourceOnceForItsCutsAndThreeTimesMore) {
  FailingSource train(rows_, train_, 5);
  EXPECT_NO_THROW(quantile_matrix(train, {}));
}

}  // namespace
}  // namespace mf::engine
