#include "mf/engine/booster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using ::testing::HasSubstr;
using testing::Indices;
using ::testing::Not;

class Booster : public ::testing::Test {
 protected:
  Fit fitted(int threads = 1, std::int64_t seed = 31, const RoundObserver& observer = {}) const {
    return fit(rows_, train_, {}, profile_, {.seed = seed, .threads = threads}, observer);
  }

  std::vector<float> scores(const Fit& fit) const {
    return Scorer(fit.model, rows_.feature_names, 1).score(rows_, rest_);
  }

  double mean_score(const Fit& fit, std::int8_t label) const {
    const auto all = scores(fit);
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rows_.labels[rest_[i]] != label) continue;
      sum += static_cast<double>(all[i]);
      ++count;
    }
    return sum / count;
  }

  dataset::Rows rows_ = testing::synthetic_rows(3000);
  Indices train_ = testing::range(0, 2000);
  Indices rest_ = testing::range(2000, 3000);
  contracts::TrainingProfile profile_ = testing::profile();
};

TEST_F(Booster, LearnsToTellFraudFromTheRest) {
  const Fit fit = fitted();
  EXPECT_GT(mean_score(fit, 1), mean_score(fit, 0) + 0.1);
}

TEST_F(Booster, GivesTheSameBytesTwice) { EXPECT_EQ(fitted().model, fitted().model); }

TEST_F(Booster, GivesTheSameBytesForAnyNumberOfThreads) {
  profile_.algorithm.params["subsample"] = 0.7;
  profile_.algorithm.params["colsample_bytree"] = 0.7;
  const std::string one = fitted(1).model;
  EXPECT_EQ(one, fitted(2).model);
  EXPECT_EQ(one, fitted(4).model);
}

TEST_F(Booster, GivesTheSameBytesForAnyNumberOfThreadsWithSeveralBatchesAndGaps) {
  rows_ = testing::synthetic_rows(140'000, 3, true);
  train_ = testing::range(0, 140'000);
  profile_.algorithm.rounds = 3;
  const std::string one = fitted(1).model;
  EXPECT_EQ(one, fitted(2).model);
  EXPECT_EQ(one, fitted(4).model);
}

TEST_F(Booster, GivesOtherBytesForAnotherSeedWhenItDraws) {
  profile_.algorithm.params["subsample"] = 0.7;
  EXPECT_NE(fitted(1, 31).model, fitted(1, 32).model);
}

TEST_F(Booster, KeepsSeedAndThreadsOutOfTheModel) { EXPECT_EQ(fitted(1, 31).model, fitted(2, 32).model); }

TEST_F(Booster, LearnsFromTheTrainRowsOnly) {
  const std::string before = fitted().model;
  for (const auto i : rest_) rows_.labels[i] = static_cast<std::int8_t>(1 - rows_.labels[i]);
  EXPECT_EQ(before, fitted().model);
  rows_.labels[train_[0]] = static_cast<std::int8_t>(1 - rows_.labels[train_[0]]);
  EXPECT_NE(before, fitted().model);
}

TEST_F(Booster, LearnsFromScatteredRows) {
  train_.clear();
  for (std::size_t i = 0; i < rows_.size(); i += 2) train_.push_back(i);
  rest_ = testing::range(0, 3000);
  EXPECT_GT(mean_score(fitted(), 1), mean_score(fitted(), 0) + 0.1);
}

TEST_F(Booster, LearnsFromRowsWithMissingValues) {
  rows_ = testing::synthetic_rows(3000, 4, true);
  EXPECT_GT(mean_score(fitted(), 1), mean_score(fitted(), 0) + 0.1);
}

TEST_F(Booster, LearnsFromASingleFeature) {
  rows_ = testing::synthetic_rows(3000, 1);
  EXPECT_GT(mean_score(fitted(), 1), mean_score(fitted(), 0) + 0.1);
}

TEST_F(Booster, CountsRowWeights) {
  const Fit unweighted = fitted();
  rows_.weights.assign(rows_.size(), 1.0);
  for (std::size_t i = 0; i < rows_.size(); ++i) rows_.weights[i] = rows_.labels[i] == 1 ? 20.0 : 1.0;
  EXPECT_GT(mean_score(fitted(), 0), mean_score(unweighted, 0) + 0.1);
}

TEST_F(Booster, TakesItsParametersFromTheProfile) {
  const std::string before = fitted().model;
  profile_.algorithm.params["max_bin"] = std::int64_t{8};
  const std::string coarse = fitted().model;
  EXPECT_NE(before, coarse);
  profile_.algorithm.params["lambda"] = 5.0;
  EXPECT_NE(coarse, fitted().model);
}

TEST_F(Booster, PutsTheFeatureNamesIntoTheModel) {
  rows_.feature_names = {"amount_7d", "velocity", "mcc_risk", "tenure"};
  EXPECT_THAT(fitted().model, HasSubstr("velocity"));
}

TEST_F(Booster, PutsNoAttributeIntoTheModel) { EXPECT_THAT(fitted().model, Not(HasSubstr("best_"))); }

TEST_F(Booster, CountsItsRounds) {
  const Fit fit = fitted();
  EXPECT_EQ(fit.rounds_run, 10);
  EXPECT_EQ(fit.rounds_kept, 10);
  EXPECT_FALSE(fit.stopped_early);
  EXPECT_FALSE(fit.best_metric);
}

TEST_F(Booster, TellsTheObserverOfEveryRound) {
  std::vector<std::int64_t> numbers;
  fitted(1, 31, [&](const Round& round) {
    EXPECT_EQ(round.of, 10);
    EXPECT_FALSE(round.metric);
    numbers.push_back(round.number);
  });
  EXPECT_THAT(numbers, ::testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
}

TEST_F(Booster, StopsWhenTheObserverThrows) {
  std::int64_t last = 0;
  const auto stop_at_three = [&](const Round& round) {
    last = round.number;
    if (round.number == 3) throw std::runtime_error("enough");
  };
  EXPECT_THROW(fitted(1, 31, stop_at_three), std::runtime_error);
  EXPECT_EQ(last, 3);
}

TEST_F(Booster, RefusesFeatureNamesThatPythonCannotCarry) {
  for (const char* name : {"a[0]", "a<b", "b"}) {
    rows_.feature_names[0] = name;
    EXPECT_THROW(fitted(), Error) << name;
  }
}

TEST_F(Booster, PrintsNothing) {
  profile_ = testing::stopping_profile("auc_pr", 2);
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  fit(rows_, train_, rest_, profile_, {.seed = 31, .threads = 1});
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(EngineVersion, HasThreeNumbers) {
  EXPECT_THAT(engine_version(), ::testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace mf::engine
