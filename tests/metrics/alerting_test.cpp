#include <gtest/gtest.h>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

const Figure kNoRows{std::nullopt, "no rows in this part"};
const Figure kNoFraud{std::nullopt, "no fraud rows in this part"};

struct Top {
  Figure precision, recall;
  bool operator==(const Top&) const = default;
};

Top top_k(const ScoredRows& rows, std::int64_t k) {
  EvaluationSettings settings;
  settings.top_k = {k};
  const Figures figures = rows.evaluated(settings).figures;
  return {figures.at("precision_at_" + std::to_string(k)), figures.at("recall_at_" + std::to_string(k))};
}

PartMetrics at_rate(const ScoredRows& rows, double rate) {
  EvaluationSettings settings;
  settings.alert_rates = {rate};
  return rows.evaluated(settings);
}

std::int64_t alerts(const ScoredRows& rows, double rate) { return at_rate(rows, rate).alert_rates.at(0).alerts; }

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
  EXPECT_EQ(top_k(rows, 1), (Top{{1.0, ""}, {.5, ""}}));
  EXPECT_EQ(top_k(rows, 2), (Top{{.5, ""}, {.5, ""}}));
  EXPECT_EQ(top_k(rows, 4), (Top{{.5, ""}, {1.0, ""}}));
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
  EXPECT_EQ(top_k(ScoredRows::of({.9F, .8F}, {1, 1}), 8), (Top{{.25, ""}, {1.0, ""}}));
}

TEST(TopK, HasNoRecallWithoutFraud) {
  EXPECT_EQ(top_k(ScoredRows::of({.9F, .8F}, {0, 0}), 1), (Top{{0.0, ""}, kNoFraud}));
}

TEST(TopK, IsUndefinedInAnEmptyPart) { EXPECT_EQ(top_k({}, 3), (Top{kNoRows, kNoRows})); }

TEST(Lift, IsHowMuchMoreOftenFraudIsAmongTheAlertsThanAmongAllRows) {
  EvaluationSettings settings;
  settings.top_k = {2};
  const auto rows = ScoredRows::of({.9F, .8F, .2F, .1F}, {1, 0, 0, 0});
  EXPECT_EQ(value(rows.evaluated(settings).figures, "lift_at_2"), 2.0);
  EXPECT_EQ(ScoredRows::of({.9F}, {0}).evaluated(settings).figures.at("lift_at_2"), kNoFraud);
}

TEST(AlertRate, AlertsOnTheFloorOfTheShare) {
  EXPECT_EQ(alerts(falling(10), .2), 2);
  EXPECT_EQ(alerts(falling(10), .29), 2);
  EXPECT_EQ(alerts(falling(10), .999), 9);
}

TEST(AlertRate, IsNotFooledByProductsThatRoundDown) {
  ASSERT_LT(.29 * 100, 29) << "the case this test is about";
  EXPECT_EQ(alerts(falling(100), .29), 29);
}

TEST(AlertRate, TellsTheLowestScoreThatIsAlertedOn) {
  const auto metrics = at_rate(ScoredRows::of({.125F, .875F, .5F, .75F}, {1, 1, 0, 0}), .5);
  EXPECT_EQ(metrics.alert_rates, (std::vector<AlertRate>{{.5, 2, {.75, ""}}}));
  EXPECT_EQ(value(metrics.figures, "precision_at_alert_rate_0.5"), .5);
}

TEST(AlertRate, CutsThroughTiesByKeySoThatNoAlertIsTooMany) {
  const ScoredRows rows({{.5F, 0, "d"}, {.5F, 1, "c"}, {.5F, 0, "b"}, {.5F, 1, "a"}});
  EXPECT_EQ(value(at_rate(rows, .25).figures, "precision_at_alert_rate_0.25"), 1.0);
  EXPECT_EQ(value(at_rate(rows, .5).figures, "precision_at_alert_rate_0.5"), .5);
}

TEST(AlertRate, IsUndefinedWhereItAllowsNoAlert) {
  const Figure none{std::nullopt, "this part is too small for one alert at this rate"};
  const auto metrics = at_rate(falling(9), .1);
  EXPECT_EQ(metrics.alert_rates, (std::vector<AlertRate>{{.1, 0, none}}));
  for (const char* name : {"precision", "recall", "lift"})
    EXPECT_EQ(metrics.figures.at(std::string(name) + "_at_alert_rate_0.1"), none) << name;
}

TEST(AlertRate, IsUndefinedInAnEmptyPart) {
  EXPECT_EQ(at_rate({}, .5).alert_rates, (std::vector<AlertRate>{{.5, 0, kNoRows}}));
}

}  // namespace
}  // namespace mf::metrics
