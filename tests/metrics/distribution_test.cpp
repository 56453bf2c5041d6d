#include "metrics/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

ScoredRows scored(const std::vector<float>& scores) {
  return ScoredRows::of(scores, std::vector<int>(scores.size(), 0));
}

/// 0.01, 0.02, ..., 1.
std::vector<float> hundredths() {
  std::vector<float> scores;
  for (int i = 1; i <= 100; ++i) scores.push_back(static_cast<float>(i) / 100);
  return scores;
}

Figure psi(const ScoredRows& rows, const ScoredRows& reference) {
  EvaluationSettings settings;
  settings.references["train"] = score_distribution(reference.plain());
  return rows.evaluated(settings).figures.at("psi_from_train");
}

TEST(ScoreDistribution, HasTenBinsOfEqualNumber) {
  const auto reference = score_distribution(scored(hundredths()).plain());
  EXPECT_EQ(reference.edges, (std::vector<float>{.1F, .2F, .3F, .4F, .5F, .6F, .7F, .8F, .9F}));
  EXPECT_EQ(reference.shares, std::vector<double>(10, .1));
}

TEST(ScoreDistribution, HasFewerBinsWhereDecilesCoincide) {
  const auto reference = score_distribution(scored({.1F, .1F, .1F, .1F, .1F, .1F, .1F, .2F, .3F, .3F}).plain());
  EXPECT_EQ(reference.edges, (std::vector<float>{.1F, .2F}));
  EXPECT_EQ(reference.shares, (std::vector<double>{.7, .1, .2}));
}

TEST(ScoreDistribution, IsEmptyWithoutRows) { EXPECT_EQ(score_distribution({}), ScoreDistribution{}); }

TEST(StabilityIndex, IsZeroForTheSameScores) { EXPECT_EQ(psi(scored(hundredths()), scored(hundredths())).value, 0.0); }

TEST(StabilityIndex, SumsTheLogarithmsOfTheShifts) {
  const auto reference = scored({.1F, .2F, .3F, .4F});
  const auto moved = scored({.1F, .1F, .3F, .4F});
  const double expected = (.5 - .25) * std::log(.5 / .25) + (1e-4 - .25) * std::log(1e-4 / .25);
  EXPECT_DOUBLE_EQ(*psi(moved, reference).value, expected) << "an empty bin counts as one in ten thousand";
}

TEST(StabilityIndex, TakesScoresBeyondTheReferenceIntoTheOutermostBins) {
  EvaluationSettings settings;
  settings.no_probabilities = "any numbers";
  settings.references["validation"] = score_distribution(scored({.1F, .2F}).plain());
  EXPECT_EQ(value(scored({-5, 7}).evaluated(settings).figures, "psi_from_validation"), 0.0);
}

TEST(StabilityIndex, IsUndefinedWithoutAnythingToCompare) {
  EXPECT_EQ(psi(scored({.1F}), scored({})).reason, "no rows in the part it is compared with");
  EXPECT_EQ(psi(scored({}), scored({.1F, .2F})).reason, "no rows in this part");
  EXPECT_EQ(psi(scored({.1F}), scored({.2F, .2F})).reason, "all rows of the part it is compared with have one score");
}

}  // namespace
}  // namespace mf::metrics
