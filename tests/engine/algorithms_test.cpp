// What holds for every algorithm and objective: threads, batches, early stopping, missing values, scores.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/plain_matrix.hpp"
#include "engine/row_batches.hpp"
#include "engine/xgboost_call.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/engine/booster.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using testing::Indices;

contracts::TrainingProfile profile_of(const std::string& algorithm) {
  auto profile = testing::profile(12);
  profile.algorithm_id = algorithm;
  if (algorithm == "xgboost.dart") profile.algorithm.params.insert({{"rate_drop", 0.4}, {"one_drop", true}});
  if (algorithm == "xgboost.gblinear") {
    profile.algorithm.rounds = 100;
    profile.algorithm.params = {{"eta", 1.0}, {"lambda", 0.001}};
  }
  return profile;
}

class Algorithms : public ::testing::TestWithParam<const char*> {
 protected:
  Fit fitted(int threads = 1) const { return fit(rows_, train_, watched_, profile_, {31, threads}); }

  Fit fitted_in_batches(std::size_t batch_rows) const {
    RowBatches train(rows_, train_, batch_rows), watched(rows_, watched_, batch_rows);
    return fit({train, watched}, profile_, {31, 2});
  }

  std::vector<float> scores(const std::string& model, int threads = 1) const {
    return Scorer(model, rows_.feature_names, threads).score(rows_, watched_);
  }

  /// What XGBoost's own predict says, by way of a plain matrix, of the watched rows.
  std::vector<float> predicted(const std::string& model) const {
    RowBatches batches(rows_, watched_, watched_.size());
    BoosterHandle handle = nullptr;
    call(xgboost().XGBoosterCreate(nullptr, 0, &handle));
    const ModelHandle booster(handle);
    call(xgboost().XGBoosterLoadModelFromBuffer(handle, model.data(), model.size()));
    const MatrixHandle matrix = plain_matrix(batches, 1);
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* answers = nullptr;
    call(xgboost().XGBoosterPredictFromDMatrix(
        handle, matrix.get(),
        R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})", &shape,
        &dimensions, &answers));
    return {answers, answers + watched_.size()};
  }

  double mean_score(const std::string& model, std::int8_t label) const {
    const auto all = scores(model);
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < watched_.size(); ++i) {
      if (rows_.labels[watched_[i]] != label) continue;
      sum += static_cast<double>(all[i]);
      ++count;
    }
    return sum / count;
  }

  void stop_early(const std::string& metric) {
    profile_.algorithm.rounds = 40;
    profile_.algorithm.early_stopping_rounds = 4;
    profile_.algorithm.early_stopping_metric = metric;
  }

  dataset::Rows rows_ = testing::synthetic_rows(3000, 4, true);
  Indices train_ = testing::range(0, 2000), watched_ = testing::range(2000, 3000);
  contracts::TrainingProfile profile_ = profile_of(GetParam());
};

INSTANTIATE_TEST_SUITE_P(All, Algorithms, ::testing::Values("xgboost.gbtree", "xgboost.dart", "xgboost.gblinear"));

TEST_P(Algorithms, LearnFromRowsWithMissingValues) {
  const std::string model = fitted().model;
  EXPECT_GT(mean_score(model, 1), mean_score(model, 0) + 0.05);
}

TEST_P(Algorithms, GiveTheSameBytesForAnyNumberOfThreads) {
  rows_ = testing::synthetic_rows(66'000, 4, true);
  train_ = testing::range(0, 60'000);
  watched_ = testing::range(60'000, 66'000);
  for (std::size_t i = 0; i < rows_.size(); ++i) rows_.weights.push_back(0.1 + static_cast<double>(i % 97) / 7);
  profile_.algorithm.rounds = 3;
  profile_.algorithm.early_stopping_rounds = 5;
  profile_.algorithm.early_stopping_metric = "auc_pr";
  profile_.algorithm.class_weighting = "balanced";
  const Fit one = fitted();
  for (const int threads : {2, 4, 8}) {
    const Fit more = fitted(threads);
    EXPECT_EQ(one.model, more.model) << threads;
    EXPECT_EQ(one.best_metric, more.best_metric) << threads;
    EXPECT_EQ(scores(one.model, 1), scores(one.model, threads)) << threads;
  }
}

TEST_P(Algorithms, GiveTheSameBytesForAnyBatches) {
  stop_early("log_loss");
  const std::string once = fitted().model;
  for (const std::size_t rows : {7, 100, 5000}) EXPECT_EQ(once, fitted_in_batches(rows).model) << rows;
}

TEST_P(Algorithms, KeepTheModelOfTheBestRound) {
  int cut = 0;
  train_ = testing::range(0, 100);  // so few that more rounds soon make it worse
  for (const char* metric : {"auc_pr", "auc_roc", "log_loss"}) {
    profile_ = profile_of(GetParam());
    stop_early(metric);
    const Fit stopped = fitted();
    cut += stopped.rounds_kept < stopped.rounds_run ? 1 : 0;
    profile_ = profile_of(GetParam());
    profile_.algorithm.rounds = stopped.rounds_kept;
    EXPECT_EQ(stopped.model, fitted().model) << metric;
  }
  EXPECT_GE(cut, 2);
}

TEST_P(Algorithms, ScoreAsXgboostPredicts) {
  profile_.algorithm.params["base_score"] = 0.0123;
  for (const auto& objective : objective_table()) {
    profile_.algorithm.objective = objective.name;
    const std::string model = fitted().model;
    EXPECT_EQ(scores(model), predicted(model)) << objective.name;
  }
}

TEST_P(Algorithms, GiveProbabilitiesWhereTheObjectiveSaysSo) {
  for (const auto& objective : objective_table()) {
    profile_.algorithm.objective = objective.name;
    profile_.algorithm.params["eta"] = 1.0;
    const auto all = scores(fitted().model);
    const auto [least, most] = std::ranges::minmax(all);
    if (objective.gives_probabilities)
      EXPECT_TRUE(least >= 0 && most <= 1) << objective.name;
    else
      EXPECT_TRUE(least < 0 || most > 1) << objective.name << " " << least << " " << most;
  }
}

TEST_P(Algorithms, ScoreARowWithoutAnyValue) {
  const std::string model = fitted().model;
  for (std::size_t j = 0; j < 4; ++j) rows_.features[j] = std::nanf("");
  const float score = Scorer(model, rows_.feature_names, 1).score(rows_, {0}).front();
  EXPECT_TRUE(score > 0 && score < 1) << score;
}

TEST_P(Algorithms, TakeEveryParameterTheyHave) {
  for (const auto& row : parameter_table()) {
    if (!row.belongs_to(algorithm_of(profile_).kind)) continue;
    profile_.algorithm.params.erase(std::string(row.name));
    const auto silent = scores(fitted().model);
    const std::string preset(row.preset);
    if (row.type == ParameterRow::Type::integer) profile_.algorithm.params[std::string(row.name)] = std::stol(preset);
    if (row.type == ParameterRow::Type::real) profile_.algorithm.params[std::string(row.name)] = std::stod(preset);
    if (row.type == ParameterRow::Type::flag) profile_.algorithm.params[std::string(row.name)] = preset == "true";
    if (row.type == ParameterRow::Type::choice) profile_.algorithm.params[std::string(row.name)] = preset;
    EXPECT_EQ(silent, scores(fitted().model)) << row.name;  // so the table tells the engine's own default
  }
}

TEST(LinearModel, TakesAMissingValueAsZero) {
  auto rows = testing::synthetic_rows(1000, 4, true);
  const auto all = testing::range(0, rows.size());
  const auto fitted = [&] { return fit(rows, all, {}, profile_of("xgboost.gblinear"), {1, 1}).model; };
  const std::string with_gaps = fitted();
  for (auto& value : rows.features)
    if (std::isnan(value)) value = 0;
  EXPECT_EQ(with_gaps, fitted());
}

TEST(LinearModel, IsTheSameForAnyThreadsWithEverySelector) {
  const auto rows = testing::synthetic_rows(20'000, 6, true);
  const auto all = testing::range(0, rows.size());
  auto profile = profile_of("xgboost.gblinear");
  for (const char* selector : {"cyclic", "shuffle", "random", "greedy", "thrifty"}) {
    profile.algorithm.params["feature_selector"] = std::string(selector);
    const std::string one = fit(rows, all, {}, profile, {1, 1}).model;
    EXPECT_EQ(one, fit(rows, all, {}, profile, {1, 1}).model) << selector;
    EXPECT_EQ(one, fit(rows, all, {}, profile, {1, 4}).model) << selector;
  }
}

TEST(Forest, GrowsSeveralTreesARound) {
  const auto rows = testing::synthetic_rows(3000);
  auto profile = testing::stopping_profile("auc_pr", 3, 30);
  profile.algorithm.params.insert({{"num_parallel_tree", std::int64_t{4}}, {"subsample", 0.5}});
  const auto fitted = [&](int threads) {
    return fit(rows, testing::range(0, 2000), testing::range(2000, 3000), profile, {1, threads});
  };
  const Fit one = fitted(1);
  EXPECT_EQ(one.model, fitted(4).model);
  EXPECT_LT(one.rounds_kept, one.rounds_run);
  EXPECT_NO_THROW(Scorer(one.model, rows.feature_names, 1));
}

}  // namespace
}  // namespace mf::engine
