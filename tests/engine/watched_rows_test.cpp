#include "engine/watched_rows.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "engine/early_stopping.hpp"
#include "engine/plain_matrix.hpp"
#include "engine/quantile_matrix.hpp"
#include "engine/row_batches.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

class Watch : public ::testing::TestWithParam<const char*> {
 protected:
  static constexpr int kRounds = 12;

  void SetUp() override { silence_engine(); }

  [[nodiscard]] std::string metric() const { return std::string(find_stopping_metric(GetParam())->engine_name); }

  std::vector<double> metrics_in_memory(int threads = 1) {
    RowBatches source(rows_, validation_);
    const auto watched = watch_in_memory(source, threads);
    return metrics_of(*watched, threads);
  }

  std::vector<double> metrics_streaming(std::size_t batch_rows, int threads = 1) {
    RowBatches source(rows_, validation_, batch_rows);
    const auto watched = watch_streaming(source, {metric(), objective_, booster_ == "gbtree", threads});
    return metrics_of(*watched, threads);
  }

  void weigh_rows() {
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_.weights.push_back(static_cast<double>(1 + i % 5));
  }

  dataset::Rows rows_ = testing::synthetic_rows(5000, 4, true);
  testing::Indices train_ = testing::range(0, 3000);
  testing::Indices validation_ = testing::range(3000, 5000);
  std::string booster_ = "gbtree", objective_ = "binary:logistic";

 private:
  std::vector<double> metrics_of(WatchedRows& watched, int threads) {
    RowBatches source(rows_, train_);
    const MatrixHandle train = booster_ == "gblinear" ? plain_matrix(source, threads) : quantile_matrix(source, {});
    const ModelHandle model = new_model(train.get(), watched.matrix(), threads);
    std::vector<double> metrics;
    for (int round = 0; round < kRounds; ++round) {
      call(xgboost().XGBoosterUpdateOneIter(model.get(), round, train.get()));
      metrics.push_back(watched.metric_after(round, model));
    }
    return metrics;
  }

  ModelHandle new_model(DMatrixHandle train, DMatrixHandle watched, int threads) const {
    const std::vector<DMatrixHandle> matrices = {train, watched};
    BoosterHandle handle = nullptr;
    call(xgboost().XGBoosterCreate(matrices.data(), watched == nullptr ? 1 : 2, &handle));
    ModelHandle model(handle);
    for (const auto& [name, text] :
         std::vector<std::pair<std::string, std::string>>{{"objective", objective_},
                                                          {"booster", booster_},
                                                          {"rate_drop", "0.5"},
                                                          {"one_drop", "1"},
                                                          {"base_score", "0.1"},
                                                          {"subsample", "0.5"},
                                                          {"tree_method", "hist"},
                                                          {"eval_metric", metric()},
                                                          {"nthread", std::to_string(threads)}}) {
      call(xgboost().XGBoosterSetParam(handle, name.c_str(), text.c_str()));
    }
    return model;
  }
};

INSTANTIATE_TEST_SUITE_P(Metrics, Watch, ::testing::Values("auc_pr", "auc_roc", "log_loss"));

TEST_P(Watch, SeesTheSameMetricsStreamingAsInMemory) {
  const auto in_memory = metrics_in_memory();
  EXPECT_NE(in_memory.front(), in_memory.back());
  for (const std::size_t batch_rows : {7, 1999, 65'536}) EXPECT_EQ(metrics_streaming(batch_rows), in_memory);
}

TEST_P(Watch, SeesTheSameMetricsOfModelsThatChangeAsAWhole) {
  for (const char* booster : {"dart", "gblinear"}) {
    booster_ = booster;
    const auto in_memory = metrics_in_memory();
    EXPECT_NE(in_memory.front(), in_memory.back());
    for (const std::size_t batch_rows : {7, 1999}) EXPECT_EQ(metrics_streaming(batch_rows), in_memory) << booster;
  }
}

TEST_P(Watch, SeesTheSameMetricsOfScoresThatAreNoProbabilities) {
  if (metric() == "logloss") return;  // it reads scores as probabilities
  for (const char* objective : {"binary:logitraw", "reg:squarederror"}) {
    objective_ = objective;
    EXPECT_EQ(metrics_streaming(100), metrics_in_memory()) << objective;
  }
}

TEST_P(Watch, CountsRowWeightsInBothWays) {
  const auto unweighted = metrics_in_memory();
  weigh_rows();
  const auto in_memory = metrics_in_memory();
  EXPECT_NE(in_memory, unweighted);
  EXPECT_EQ(metrics_streaming(100), in_memory);
}

TEST_P(Watch, SeesTheSameMetricsForAnyNumberOfThreads) {
  const auto one = metrics_streaming(100, 1);
  EXPECT_EQ(metrics_streaming(100, 2), one);
  EXPECT_EQ(metrics_streaming(100, 4), one);
}

TEST_P(Watch, RefusesAnInfiniteValueWhenStreaming) {
  rows_.features[4 * 4000] = std::numeric_limits<float>::infinity();
  EXPECT_THROW(metrics_streaming(100), Error);
}

}  // namespace
}  // namespace mf::engine
