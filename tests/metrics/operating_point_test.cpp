#include "mf/metrics/operating_point.hpp"

#include <gtest/gtest.h>

#include <set>

#include "metrics/naive_figures.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

using Kind = OperatingRule::Kind;

OperatingRule rule(Kind kind, std::optional<double> value = {}) { return {kind, value, 2.0, Costs{1, 2, .5}}; }

std::set<double> thresholds(const naive::Rows& rows) {
  std::set<double> scores;
  for (const ScoredRow& row : rows) scores.insert(row.score);
  return scores;
}

/// The highest of the thresholds that serve best; `merit` is negative for a threshold that the rule forbids.
template <typename Merit>
std::optional<double> best(const naive::Rows& rows, Merit merit) {
  std::optional<double> chosen;
  double most = -1;
  for (const double threshold : thresholds(rows))
    if (const double merits = merit(naive::from(rows, threshold), threshold); merits >= 0 && merits >= most) {
      most = merits;
      chosen = threshold;
    }
  return chosen;
}

double f_two(const naive::Rows& rows, const naive::Rows& alerted) {
  const double found = naive::frauds(alerted), missed = naive::frauds(rows) - found;
  return 5 * found / (5 * found + 4 * missed + naive::size(alerted) - found);
}

TEST(ChooseThreshold, ServesTheRuleBestOfAllScores) {
  std::mt19937 dice(17);
  for (int round = 0; round < 200; ++round) {
    const auto scored = ScoredRows::random(60, 1 + static_cast<int>(dice() % 40), .3, dice);
    const auto& rows = scored.rows();
    const auto chosen = [&](const OperatingRule& rule) { return choose_threshold(scored.ranked(), rule).value; };
    const double legitimate = naive::size(rows) - naive::frauds(rows);
    ASSERT_EQ(chosen(rule(Kind::alert_rate, .2)), best(rows, [&](const auto& alerted, double) {
                return std::ssize(alerted) <= naive::share_of(.2, rows) ? naive::size(alerted) : -1;
              }));
    ASSERT_EQ(chosen(rule(Kind::max_fpr, .1)), best(rows, [&](const auto& alerted, double) {
                const double found = naive::frauds(alerted);
                return (naive::size(alerted) - found) / legitimate <= .1 ? found : -1;
              }));
    ASSERT_EQ(chosen(rule(Kind::min_recall, .7)), best(rows, [&](const auto& alerted, double) {
                return naive::frauds(alerted) / naive::frauds(rows) >= .7 ? 0 : -1;
              }));
    ASSERT_EQ(chosen(rule(Kind::max_f_beta)),
              best(rows, [&](const auto& alerted, double) { return f_two(rows, alerted); }));
    ASSERT_EQ(chosen(rule(Kind::min_cost)), best(rows, [&](const auto&, double threshold) {
                return 1e6 - naive::cost(rows, threshold, Costs{1, 2, .5});
              }));
  }
}

TEST(ChooseThreshold, FindsNoneWhereTheHighestScoreIsTooCommon) {
  const Figure none{std::nullopt, "even the highest score gives more alerts than the rule allows"};
  const auto rows = ScoredRows::of({.5F, .5F, .5F, .1F}, {0, 0, 1, 0}).plain();
  EXPECT_EQ(choose_threshold(rows, rule(Kind::alert_rate, .5)), none);
  EXPECT_EQ(choose_threshold(rows, rule(Kind::max_fpr, .5)), none);
}

TEST(ChooseThreshold, FindsNoneWhereAlertsCostMoreThanTheySave) {
  EXPECT_EQ(choose_threshold(ScoredRows::of({.5F, .4F}, {0, 0}).ranked(), rule(Kind::min_cost)),
            (Figure{std::nullopt, "alerting on nothing costs less than any threshold"}));
}

TEST(ChooseThreshold, NeedsWhatTheRuleIsAbout) {
  const auto reason = [](const RankedPart& part, const OperatingRule& rule) {
    return choose_threshold(part, rule).reason;
  };
  for (const Kind kind : {Kind::alert_rate, Kind::max_fpr, Kind::min_recall, Kind::max_f_beta, Kind::min_cost})
    EXPECT_EQ(reason({}, rule(kind, .5)), "no rows in this part");
  const auto clean = ScoredRows::of({.5F}, {0}).plain(), guilty = ScoredRows::of({.5F}, {1}).plain();
  for (const Kind kind : {Kind::max_fpr, Kind::min_recall, Kind::max_f_beta})
    EXPECT_EQ(reason(clean, rule(kind, .5)), "no fraud rows in this part");
  EXPECT_EQ(reason(guilty, rule(Kind::max_fpr, .5)), "no legitimate rows in this part");
  EXPECT_EQ(reason(guilty, rule(Kind::min_cost)), "the rows have no amounts");
}

TEST(ChooseThreshold, RefusesARuleWithoutItsNumber) {
  const auto rows = tied_rows().plain();
  for (const Kind kind : {Kind::alert_rate, Kind::max_fpr, Kind::min_recall}) {
    EXPECT_THROW(choose_threshold(rows, rule(kind)), Error);
    EXPECT_THROW(choose_threshold(rows, rule(kind, 1.0)), Error);
  }
  EXPECT_THROW(choose_threshold(rows, {Kind::max_f_beta, {}, {}, {}}), Error);
  EXPECT_THROW(choose_threshold(rows, {Kind::min_cost, {}, {}, {}}), Error);
}

}  // namespace
}  // namespace mf::metrics
