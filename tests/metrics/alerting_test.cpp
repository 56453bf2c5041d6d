#include <gtest/gtest.h>

#include <limits>

#include "metrics/scored_rows.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

const Figure kNoRows{std::nullopt, "no rows in this part"};
const Figure kNoFraud{std::nullopt, "no fraud rows in this part"};

TopK top_k(const ScoredRows& rows, std::int64_t k) { return rows.evaluated({{k}, {}}).top_k.at(0); }

AlertRate alert_rate(const ScoredRows& rows, double rate) { return rows.evaluated({{}, {rate}}).alert_rates.at(0); }

/// `count` rows with scores that fall from the first to the last, the first of them fraud.
ScoredRows falling(std::size_t count) {
  std::vector<float> scores;
  std::vector<int> labels(count, 0);
  for (std::size_t i = 0; i < count; ++i) scores.push_back(1 - static_cast<float>(i) / static_cast<float>(count));
  labels.at(0) = 1;
  return ScoredRows::of(scores, labels);
}

TEST(TopK, HoldsTheRowsWithTheHighestScores) {
  const auto rows = ScoredRows::of({.1F, .9F, .5F, .7F}, {1, 1, 0, 0});
  EXPECT_EQ(top_k(rows, 1), (TopK{1, {1.0, ""}, {.5, ""}}));
  EXPECT_EQ(top_k(rows, 2), (TopK{2, {.5, ""}, {.5, ""}}));
  EXPECT_EQ(top_k(rows, 4), (TopK{4, {.5, ""}, {1.0, ""}}));
}

TEST(TopK, BreaksTiesAtTheBoundaryByKeyInAscendingBytes) {
  const ScoredRows rows({{.5F, 0, "b"}, {.5F, 1, "B"}, {.5F, 1, "\xC3\xA9"}, {.5F, 0, "ba"}, {.9F, 0, "z"}});
  EXPECT_EQ(top_k(rows, 1).recall.value, 0.0) << "z, by its score";
  EXPECT_EQ(top_k(rows, 2).recall.value, .5) << "then B: capitals are lower bytes";
  EXPECT_EQ(top_k(rows, 3).recall.value, .5) << "then b";
  EXPECT_EQ(top_k(rows, 4).recall.value, .5) << "then ba: a prefix comes first";
  EXPECT_EQ(top_k(rows, 5).recall.value, 1.0) << "then \xC3\xA9: bytes are unsigned";
}

TEST(TopK, DividesByKAlsoWhenThePartHasFewerRows) {
  EXPECT_EQ(top_k(ScoredRows::of({.9F, .8F}, {1, 1}), 8), (TopK{8, {.25, ""}, {1.0, ""}}));
}

TEST(TopK, HasNoRecallWithoutFraud) {
  EXPECT_EQ(top_k(ScoredRows::of({.9F, .8F}, {0, 0}), 1), (TopK{1, {0.0, ""}, kNoFraud}));
}

TEST(TopK, IsUndefinedInAnEmptyPart) { EXPECT_EQ(top_k({}, 3), (TopK{3, kNoRows, kNoRows})); }

TEST(TopK, RefusesAKBelowOne) {
  EXPECT_THROW(top_k(falling(3), 0), Error);
  EXPECT_THROW(top_k(falling(3), -1), Error);
}

TEST(AlertRate, AlertsOnTheFloorOfTheShare) {
  EXPECT_EQ(alert_rate(falling(10), .2).alerts, 2);
  EXPECT_EQ(alert_rate(falling(10), .29).alerts, 2);
  EXPECT_EQ(alert_rate(falling(10), 1).alerts, 10);
}

TEST(AlertRate, IsNotFooledByProductsThatRoundDown) {
  ASSERT_LT(.29 * 100, 29) << "the case this test is about";
  EXPECT_EQ(alert_rate(falling(100), .29).alerts, 29);
}

TEST(AlertRate, TellsTheLowestScoreThatIsAlertedOn) {
  const auto rows = ScoredRows::of({.125F, .875F, .5F, .75F}, {1, 1, 0, 0});
  EXPECT_EQ(alert_rate(rows, .5), (AlertRate{.5, 2, {.75, ""}, {.5, ""}, {.5, ""}}));
}

TEST(AlertRate, CutsThroughTiesByKeySoThatNoAlertIsTooMany) {
  const ScoredRows rows({{.5F, 0, "d"}, {.5F, 1, "c"}, {.5F, 0, "b"}, {.5F, 1, "a"}});
  EXPECT_EQ(alert_rate(rows, .25), (AlertRate{.25, 1, {.5, ""}, {1.0, ""}, {.5, ""}}));
  EXPECT_EQ(alert_rate(rows, .5), (AlertRate{.5, 2, {.5, ""}, {.5, ""}, {.5, ""}}));
}

TEST(AlertRate, IsUndefinedWhereItAllowsNoAlert) {
  const Figure none{std::nullopt, "this part is too small for one alert at this rate"};
  EXPECT_EQ(alert_rate(falling(9), .1), (AlertRate{.1, 0, none, none, none}));
}

TEST(AlertRate, HasNoRecallWithoutFraud) {
  EXPECT_EQ(alert_rate(ScoredRows::of({.75F, .5F}, {0, 0}), .5), (AlertRate{.5, 1, {.75, ""}, {0.0, ""}, kNoFraud}));
}

TEST(AlertRate, IsUndefinedInAnEmptyPart) {
  EXPECT_EQ(alert_rate({}, .5), (AlertRate{.5, 0, kNoRows, kNoRows, kNoRows}));
}

TEST(AlertRate, RefusesARateThatIsNoShare) {
  for (const double rate : {0.0, -.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(alert_rate(falling(3), rate), Error) << rate;
  }
}

}  // namespace
}  // namespace mf::metrics
