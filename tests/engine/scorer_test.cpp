#include <gtest/gtest.h>

#include "mf/engine/booster.hpp"
#include "mf/error.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine {
namespace {

using testing::Indices;

class ModelScorer : public ::testing::Test {
 protected:
  Scorer loaded(int threads = 1) const { return {model_, rows_.feature_names, threads}; }

  Code refusal_of(const std::vector<std::string>& feature_names) const {
    try {
      Scorer(model_, feature_names, 1);
    } catch (const Error& error) {
      return error.code();
    }
    return Code::INTERNAL;
  }

  dataset::Rows rows_ = testing::synthetic_rows(2000, 4, true);
  std::string model_ = fit(rows_, testing::range(0, 1000), {}, testing::profile(), {.seed = 1, .threads = 1}).model;
};

TEST_F(ModelScorer, GivesProbabilities) {
  for (const float score : loaded().score(rows_, testing::range(0, 2000))) {
    EXPECT_GT(score, 0);
    EXPECT_LT(score, 1);
  }
}

TEST_F(ModelScorer, ScoresRowsInTheOrderAskedFor) {
  const auto forward = loaded().score(rows_, {3, 1500, 7});
  const auto backward = loaded().score(rows_, {7, 1500, 3});
  EXPECT_EQ(forward, (std::vector<float>{backward[2], backward[1], backward[0]}));
  EXPECT_NE(forward[0], forward[1]);
}

TEST_F(ModelScorer, ScoresARowTheSameInAnyBatch) {
  const auto alone = loaded().score(rows_, {42});
  const Indices again(70'000, 42);
  EXPECT_EQ(loaded().score(rows_, again), std::vector<float>(70'000, alone[0]));
}

TEST_F(ModelScorer, GivesTheSameScoresForAnyNumberOfThreads) {
  const auto all = testing::range(0, 2000);
  EXPECT_EQ(loaded(1).score(rows_, all), loaded(4).score(rows_, all));
}

TEST_F(ModelScorer, ScoresNoRows) { EXPECT_TRUE(loaded().score(rows_, {}).empty()); }

TEST_F(ModelScorer, NeedsNoLabels) {
  const auto before = loaded().score(rows_, testing::range(0, 100));
  rows_.labels.assign(rows_.size(), dataset::Rows::kUnknownLabel);
  EXPECT_EQ(before, loaded().score(rows_, testing::range(0, 100)));
}

TEST_F(ModelScorer, RefusesOtherFeatures) {
  EXPECT_EQ(refusal_of({"a", "b", "c"}), Code::ENGINE_FAILED);
  EXPECT_EQ(refusal_of({"a", "b", "c", "z"}), Code::ENGINE_FAILED);
  EXPECT_EQ(refusal_of({"b", "a", "c", "d"}), Code::ENGINE_FAILED);
}

TEST_F(ModelScorer, RefusesRowsWithOtherFeatures) {
  const Scorer scorer = loaded();
  std::swap(rows_.feature_names[0], rows_.feature_names[1]);
  EXPECT_THROW(scorer.score(rows_, {0}), Error);
}

TEST_F(ModelScorer, SaysWhichFeaturesItExpected) {
  try {
    const Scorer scorer(model_, {"b", "a", "c", "d"}, 1);
    FAIL() << "the model was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.context().at("expected"), "b, a, c, d");
    EXPECT_EQ(error.context().at("observed"), "a, b, c, d");
  }
}

}  // namespace
}  // namespace mf::engine
