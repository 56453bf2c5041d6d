#include <gtest/gtest.h>

#include "mf/engine/booster.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using testing::Indices;

class EarlyStopping : public ::testing::TestWithParam<std::string> {
 protected:
  Fit fitted(const contracts::TrainingProfile& profile, int threads = 1) {
    metrics_.clear();
    return fit(rows_, train_, validation_, profile, {.seed = 31, .threads = threads},
               [&](const Round& round) { metrics_.push_back(round.metric.value_or(-1)); });
  }

  bool better(double a, double b) const { return GetParam() == "log_loss" ? a < b : a > b; }

  std::size_t first_best_round() const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < metrics_.size(); ++i) {
      if (better(metrics_[i], metrics_[best])) best = i;
    }
    return best + 1;
  }

  std::vector<float> scores(const Fit& fit) const {
    return Scorer(fit.model, rows_.feature_names, 1).score(rows_, validation_);
  }

  dataset::Rows rows_ = testing::synthetic_rows(1500);
  Indices train_ = testing::range(0, 1000);
  Indices validation_ = testing::range(1000, 1500);
  std::vector<double> metrics_;
};

INSTANTIATE_TEST_SUITE_P(Metrics, EarlyStopping, ::testing::Values("auc_pr", "auc_roc", "log_loss"));

TEST_P(EarlyStopping, KeepsTheFirstBestRound) {
  const Fit fit = fitted(testing::stopping_profile(GetParam(), 5));
  EXPECT_TRUE(fit.stopped_early);
  EXPECT_EQ(static_cast<std::size_t>(fit.rounds_kept), first_best_round());
  EXPECT_EQ(fit.best_metric, metrics_[first_best_round() - 1]);
}

TEST_P(EarlyStopping, WaitsAsLongAsItsPatience) {
  const Fit fit = fitted(testing::stopping_profile(GetParam(), 5));
  EXPECT_EQ(fit.rounds_run, fit.rounds_kept + 5);
  EXPECT_EQ(static_cast<std::size_t>(fit.rounds_run), metrics_.size());
}

TEST_P(EarlyStopping, CutsTheModelToTheRoundsItKeeps) {
  const Fit stopped = fitted(testing::stopping_profile(GetParam(), 5));
  const Fit short_one = fitted(testing::profile(stopped.rounds_kept));
  EXPECT_EQ(scores(stopped), scores(short_one));
  EXPECT_EQ(stopped.model, short_one.model);
}

TEST_P(EarlyStopping, CutsTheModelAlsoWhenTheRoundsRunOut) {
  const Fit stopped = fitted(testing::stopping_profile(GetParam(), 5));
  const Fit ran_out = fitted(testing::stopping_profile(GetParam(), 5, stopped.rounds_kept + 2));
  EXPECT_FALSE(ran_out.stopped_early);
  EXPECT_EQ(ran_out.rounds_run, stopped.rounds_kept + 2);
  EXPECT_EQ(ran_out.model, stopped.model);
}

TEST_P(EarlyStopping, StopsAtTheSameRoundForAnyNumberOfThreads) {
  const auto profile = testing::stopping_profile(GetParam(), 5);
  const Fit one = fitted(profile, 1);
  const Fit two = fitted(profile, 2);
  EXPECT_EQ(one.model, two.model);
  EXPECT_EQ(one.best_metric, two.best_metric);
}

TEST_P(EarlyStopping, KeepsTheFeatureNamesInACutModel) {
  const Fit fit = fitted(testing::stopping_profile(GetParam(), 5));
  EXPECT_NO_THROW(Scorer(fit.model, rows_.feature_names, 1));
}

using WithoutFraud = EarlyStopping;
INSTANTIATE_TEST_SUITE_P(Metrics, WithoutFraud, ::testing::Values("auc_pr", "auc_roc"));

TEST_P(WithoutFraud, RefusesAMetricThatIsUndefined) {
  for (const auto i : validation_) rows_.labels[i] = 0;
  EXPECT_THROW(fitted(testing::stopping_profile(GetParam(), 5)), Error);
}

}  // namespace
}  // namespace mf::engine
