#include "metrics/cards.hpp"

#include <gtest/gtest.h>

#include <array>

#include "metrics/naive_figures.hpp"

namespace mf::metrics {
namespace {

/// Two days of five cards, c1 to c5 being entities 0 to 4.
const ScoredRows kTwoDays({{.9F, 1, "a", 0, 0},
                           {.2F, 0, "b", 0, 0},
                           {.9F, 0, "c", 0, 1},
                           {.5F, 1, "d", 0, 2},
                           {.5F, 0, "e", 0, 3},
                           {.8F, 1, "f", 1, 0},
                           {.7F, 1, "g", 1, 1},
                           {.6F, 0, "h", 1, 4},
                           {.1F, 1, "i", 1, 2}});

EvaluationSettings shown(std::int64_t k, const CardRules& rules = {}) {
  EvaluationSettings settings;
  settings.card_top_k = {k};
  settings.cards = rules;
  return settings;
}

Figures figures(std::int64_t k, const CardRules& rules = {}) {
  return evaluate(kTwoDays.ranked(5), shown(k, rules)).figures;
}

double precision(std::int64_t k, const CardRules& rules = {}) {
  return value(figures(k, rules), "card_precision_at_" + std::to_string(k));
}

double on_day(std::size_t day, std::int64_t k, const CardRules& rules = {}) {
  const auto metrics = evaluate(kTwoDays.ranked(5), shown(k, rules));
  return value(metrics.days.at(day).figures, "card_precision_at_" + std::to_string(k));
}

const CardRules kKeepDetected{false, {}, {}};

TEST(CardPrecision, CountsACardOnceByItsHighestScoreAndAnyFraudOfTheDay) {
  EXPECT_EQ(on_day(0, 2), .5);
  EXPECT_EQ(on_day(0, 3), 2.0 / 3);
  EXPECT_EQ(on_day(0, 10), .2);
}

TEST(CardPrecision, LeavesOutCardsThatWereDetectedOnEarlierDays) {
  EXPECT_EQ(on_day(1, 2), .5);
  EXPECT_EQ(on_day(1, 3), 1.0 / 3);
  EXPECT_EQ(on_day(1, 10), .1);
  EXPECT_EQ(precision(2), .5);
}

TEST(CardPrecision, KeepsThemWhereTheRulesSaySo) {
  EXPECT_EQ(on_day(1, 2, kKeepDetected), 1.0);
  EXPECT_EQ(on_day(1, 3, kKeepDetected), 2.0 / 3);
  EXPECT_EQ(on_day(1, 10, kKeepDetected), .3);
  EXPECT_EQ(precision(2, kKeepDetected), .75);
}

TEST(CardPrecision, LeavesOutCardsThatWereCompromisedBefore) {
  const std::array<std::int32_t, 5> known_from{-9, kNeverKnown, kNeverKnown, kNeverKnown, kNeverKnown};
  const CardRules rules{true, known_from, {}};
  EXPECT_EQ(on_day(0, 2, rules), .5) << "c3 is second now";
  EXPECT_EQ(precision(1, rules), .5) << "c2 first on both days";
}

TEST(CardPrecision, LeavesOutCardsFromTheDayOnWhichTheyAreKnown) {
  constexpr std::array<std::int32_t, 3> kDays{0, 1, 2};
  for (const std::int32_t day : kDays) {
    const std::array<std::int32_t, 2> known_from{kNeverKnown, day};
    const CardRules rules{false, known_from, {}};
    EXPECT_EQ(on_day(1, 1, rules), 1.0);
    EXPECT_EQ(on_day(1, 2, rules), day <= 1 ? .5 : 1.0) << "c2 is second on day 1";
  }
}

TEST(CardPrecision, LeavesOutCardsWhoseLabelsHaveArrived) {
  CardRules rules = kKeepDetected;
  rules.label_delay_days = 1;
  EXPECT_EQ(on_day(1, 2, rules), .5) << "c1 and c3 are known";
  rules.label_delay_days = 2;
  EXPECT_EQ(on_day(1, 2, rules), 1.0) << "nothing is known yet";
}

TEST(CardPrecision, TellsTheBestAndTheWorstOrderOfTies) {
  EXPECT_EQ(value(figures(1), "card_precision_lowest_at_1"), .5) << "c2 may come first on day 0";
  EXPECT_EQ(value(figures(1), "card_precision_at_1"), 1.0) << "c1 does, and c2 on day 1";
  EXPECT_EQ(value(figures(3), "card_precision_lowest_at_3"), (1.0 / 3 + 1.0 / 3) / 2);
  EXPECT_EQ(value(figures(3), "card_precision_highest_at_3"), (2.0 / 3 + 1.0 / 3) / 2);
}

TEST(CardPrecision, TellsHowManyThereWereToFind) {
  EXPECT_EQ(value(figures(2), "card_precision_ceiling_at_2"), 1.0);
  EXPECT_EQ(value(figures(10), "card_precision_ceiling_at_10"), (.2 + .1) / 2);
}

TEST(CardPrecision, IsThatOfTheNaiveCountingUnderAllRules) {
  std::mt19937 dice(5);
  for (int round = 0; round < 200; ++round) {
    const auto rows = ScoredRows::random(150, 4, .2, dice);
    std::vector<std::int32_t> known_from(20, kNeverKnown);
    std::map<std::uint32_t, std::int32_t> gone;
    for (std::uint32_t e = 0; e < 20; ++e)
      if (dice() % 4 == 0) gone[e] = known_from[e] = rows.rows()[dice() % rows.rows().size()].day;
    const auto k = static_cast<std::int64_t>(1 + dice() % 5);
    const auto delay = static_cast<std::int32_t>(dice() % 6);
    const CardRules rules{true, known_from, delay};
    const auto expected = naive::card_precision(rows.rows(), k, gone, delay);
    const auto told = evaluate(rows.ranked(), shown(k, rules)).figures;
    const std::string suffix = "_at_" + std::to_string(k);
    ASSERT_NEAR(value(told, "card_precision" + suffix), expected.pinned, 1e-12);
    ASSERT_NEAR(value(told, "card_precision_lowest" + suffix), expected.lowest, 1e-12);
    ASSERT_NEAR(value(told, "card_precision_highest" + suffix), expected.highest, 1e-12);
    ASSERT_NEAR(value(told, "card_precision_ceiling" + suffix), expected.ceiling, 1e-12);
  }
}

TEST(CardPrecision, DoesNotCountRowsWithoutAnEntity) {
  const ScoredRows rows({{.9F, 1, "a", 0, kNoEntity}, {.8F, 0, "b", 0, 1}, {.7F, 1, "c", 1, kNoEntity}});
  const auto metrics = evaluate(rows.ranked(5), shown(1));
  EXPECT_EQ(value(metrics.figures, "card_precision_at_1"), 0.0) << "of day 0; day 1 has no card";
  EXPECT_EQ(metrics.days[1].figures.at("card_precision_at_1").reason, "this day has no card");
}

TEST(CardPrecision, IsUndefinedWithoutCards) {
  const ScoredRows rows({{.9F, 1, "a", 0, kNoEntity}});
  EXPECT_EQ(evaluate(rows.ranked(5), shown(1)).figures.at("card_precision_at_1").reason, "no day has a card");
}

}  // namespace
}  // namespace mf::metrics
