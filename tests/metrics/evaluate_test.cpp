#include "mf/metrics/evaluate.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "metrics/naive_figures.hpp"
#include "mf/error.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::metrics {
namespace {

EvaluationSettings all_settings() {
  EvaluationSettings settings;
  settings.top_k = {1, 3, 20};
  settings.alert_rates = {.05, .3};
  settings.max_fpr = {.1, .35};
  settings.card_top_k = {1, 2, 5};
  settings.beta = 2;
  settings.costs = Costs{2, 3, .5};
  settings.threshold = .5;
  return settings;
}

void expect_near(const Figures& figures, const std::string& name, double expected) {
  const auto found = figures.find(name);
  ASSERT_NE(found, figures.end()) << name;
  ASSERT_TRUE(found->second.value) << name << ": " << found->second.reason;
  EXPECT_NEAR(*found->second.value, expected, 1e-11) << name;
}

void expect_naive_ranking(const Figures& figures, const naive::Rows& rows) {
  expect_near(figures, "auc_roc", naive::roc_auc(rows));
  expect_near(figures, "average_precision", naive::average_precision(rows));
  expect_near(figures, "average_precision_by_value", naive::average_precision_by_value(rows));
  expect_near(figures, "kolmogorov_smirnov", naive::kolmogorov_smirnov(rows));
  for (const auto& [name, rate] : {std::pair("0.1", .1), std::pair("0.35", .35)}) {
    expect_near(figures, std::string("partial_auc_") + name, naive::partial_auc(rows, rate));
    expect_near(figures, std::string("recall_at_fpr_") + name, naive::recall_at_fpr(rows, rate));
  }
}

void expect_naive_probabilities(const PartMetrics& metrics, const naive::Rows& rows) {
  expect_near(metrics.figures, "log_loss", naive::log_loss(rows));
  expect_near(metrics.figures, "brier", naive::brier(rows));
  expect_near(metrics.figures, "expected_calibration_error", naive::expected_calibration_error(rows));
  for (std::size_t bin = 0; bin < metrics.calibration.size(); ++bin) {
    const naive::Rows found = naive::in_bin(rows, bin);
    ASSERT_EQ(metrics.calibration[bin].rows, std::ssize(found)) << "bin " << bin;
    if (found.empty()) continue;
    EXPECT_NEAR(*metrics.calibration[bin].mean_score.value, naive::mean_score(found), 1e-12);
    EXPECT_NEAR(*metrics.calibration[bin].observed_rate.value, naive::frauds(found) / naive::size(found), 1e-12);
  }
}

void expect_naive_top(const Figures& figures, const std::string& suffix, const naive::Rows& rows, std::int64_t k) {
  const naive::Rows alerted = naive::top(rows, k);
  const double precision = naive::frauds(alerted) / static_cast<double>(k);
  expect_near(figures, "precision" + suffix, precision);
  expect_near(figures, "recall" + suffix, naive::frauds(alerted) / naive::frauds(rows));
  expect_near(figures, "lift" + suffix, precision / (naive::frauds(rows) / naive::size(rows)));
  expect_near(figures, "value_recall" + suffix, naive::fraud_amount(alerted) / naive::fraud_amount(rows));
}

void expect_naive_daily(const Figures& figures, const std::string& suffix, const naive::Rows& rows, std::int64_t k,
                        double rate = 0) {
  if (naive::daily_top(rows, k, rate).empty()) return;
  expect_near(figures, "daily_precision" + suffix, naive::daily_precision(rows, k, rate));
  expect_near(figures, "daily_recall" + suffix, naive::daily_recall(rows, k, rate));
  expect_near(figures, "daily_lift" + suffix,
              naive::daily_precision(rows, k, rate) / (naive::frauds(rows) / naive::size(rows)));
  expect_near(figures, "daily_value_recall" + suffix, naive::daily_value_recall(rows, k, rate));
}

void expect_naive_alerts(const PartMetrics& metrics, const naive::Rows& rows) {
  for (const std::int64_t k : {1, 3, 20}) {
    expect_naive_top(metrics.figures, "_at_" + std::to_string(k), rows, k);
    expect_naive_daily(metrics.figures, "_at_" + std::to_string(k), rows, k);
  }
  for (const AlertRate& rate : metrics.alert_rates) {
    const std::string suffix = rate.rate == .3 ? "_at_alert_rate_0.3" : "_at_alert_rate_0.05";
    ASSERT_EQ(rate.alerts, naive::share_of(rate.rate, rows));
    if (rate.alerts > 0) {
      expect_naive_top(metrics.figures, suffix, rows, rate.alerts);
      EXPECT_EQ(rate.threshold.value, naive::top(rows, rate.alerts).back().score);
    }
    expect_naive_daily(metrics.figures, suffix, rows, 0, rate.rate);
  }
}

void expect_naive_cards(const Figures& figures, const naive::Rows& rows) {
  for (const std::int64_t k : {1, 2, 5}) {
    const auto expected = naive::card_precision(rows, k);
    const std::string suffix = "_at_" + std::to_string(k);
    expect_near(figures, "card_precision" + suffix, expected.pinned);
    expect_near(figures, "card_precision_lowest" + suffix, expected.lowest);
    expect_near(figures, "card_precision_highest" + suffix, expected.highest);
    expect_near(figures, "card_precision_ceiling" + suffix, expected.ceiling);
  }
}

void expect_naive_threshold(const PartMetrics& metrics, const naive::Rows& rows) {
  const naive::Rows alerted = naive::from(rows, .5);
  const double tp = naive::frauds(alerted), fp = naive::size(alerted) - tp;
  const double fn = naive::frauds(rows) - tp, tn = naive::size(rows) - naive::frauds(rows) - fp;
  ASSERT_EQ(metrics.confusion, (Confusion{static_cast<std::int64_t>(tp), static_cast<std::int64_t>(fp),
                                          static_cast<std::int64_t>(fn), static_cast<std::int64_t>(tn)}));
  const Figures& figures = metrics.figures;
  expect_near(figures, "recall", tp / (tp + fn));
  expect_near(figures, "false_positive_rate", fp / (fp + tn));
  expect_near(figures, "alert_share", (tp + fp) / naive::size(rows));
  expect_near(figures, "f1", 2 * tp / (2 * tp + fp + fn));
  expect_near(figures, "f_beta", 5 * tp / (5 * tp + 4 * fn + fp));
  expect_near(figures, "balanced_error_rate", (fp / (fp + tn) + fn / (tp + fn)) / 2);
  expect_near(figures, "g_mean", std::sqrt(tp / (tp + fn) * (tn / (fp + tn))));
  expect_near(figures, "value_recall", naive::fraud_amount(alerted) / naive::fraud_amount(rows));
  const Costs costs{2, 3, .5};
  const double cost = naive::cost(rows, .5, costs);
  expect_near(figures, "cost_per_row", cost / naive::size(rows));
  expect_near(figures, "savings", 1 - cost / std::min(naive::cost(rows, 2, costs), naive::cost(rows, 0, costs)));
  if (alerted.empty() || tn + fn == 0) return;
  expect_near(figures, "precision", tp / (tp + fp));
  expect_near(figures, "value_precision", naive::fraud_amount(alerted) / naive::amount(alerted));
  expect_near(figures, "mcc", (tp * tn - fp * fn) / std::sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)));
}

void expect_naive_weeks(const PartMetrics& metrics, const naive::Rows& rows) {
  double worst = 2, worst_precision = 2;
  std::size_t week = 0;
  for (const auto& [number, of_week] : naive::by_week(rows)) {
    const Period& period = metrics.weeks.at(week++);
    EXPECT_EQ(period.first_day, number * 7 - 3);
    EXPECT_EQ(period.rows, std::ssize(of_week));
    if (naive::frauds(of_week) == 0) continue;
    worst_precision = std::min(worst_precision, naive::average_precision(of_week));
    if (naive::frauds(of_week) < naive::size(of_week)) worst = std::min(worst, naive::roc_auc(of_week));
  }
  EXPECT_EQ(metrics.weeks.size(), week);
  expect_near(metrics.figures, "worst_week_auc_roc", worst);
  expect_near(metrics.figures, "worst_week_average_precision", worst_precision);
}

bool has_both_classes(const PartMetrics& metrics) { return metrics.positives > 0 && metrics.positives < metrics.rows; }

// The expected numbers are scikit-learn's (1.2.1) for the same scores as float32 widened to float64.
TEST(Evaluate, AgreesWithScikitLearnOnTheHandbookRows) {
  EvaluationSettings settings;
  settings.max_fpr = {.25};
  const PartMetrics metrics = handbook_rows().evaluated(settings);
  EXPECT_EQ(metrics.rows, 10);
  EXPECT_EQ(metrics.positives, 2);
  EXPECT_EQ(value(metrics.figures, "auc_roc"), .875);
  EXPECT_EQ(value(metrics.figures, "average_precision"), .75);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "partial_auc_0.25"), .7142857142857143);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "log_loss"), 0.3143996996204181);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "brier"), 0.09350000107288367);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "expected_calibration_error"), 0.2400000035762787);
}

TEST(Evaluate, AgreesWithScikitLearnOnTiedRows) {
  EvaluationSettings settings;
  settings.threshold = .5;
  const PartMetrics metrics = tied_rows().evaluated(settings);
  EXPECT_EQ(value(metrics.figures, "auc_roc"), .8);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "average_precision"), 0.6111111111111112);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "log_loss"), 0.5432359526464627);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "brier"), 0.18625000126659874);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "expected_calibration_error"), 0.1375000048428774);
  EXPECT_DOUBLE_EQ(*metrics.calibration[8].mean_score.value, 0.800000011920929);
  EXPECT_DOUBLE_EQ(*metrics.calibration[8].observed_rate.value, 0.6666666666666666);
  EXPECT_EQ(value(metrics.figures, "precision"), .5);
  EXPECT_EQ(value(metrics.figures, "recall"), 1.0);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "f1"), 2.0 / 3);
  EXPECT_DOUBLE_EQ(value(metrics.figures, "mcc"), .4472135954999579);
}

TEST(Evaluate, AgreesWithTheDefinitionsOnRandomRowsWithManyTies) {
  std::mt19937 dice(20260210);
  int compared = 0;
  for (int round = 0; round < 300; ++round) {
    const auto rows = ScoredRows::random(12 + dice() % 120, 1 + static_cast<int>(dice() % 40), .3, dice);
    const PartMetrics metrics = evaluate(rows.ranked(), all_settings());
    if (!has_both_classes(metrics) || naive::fraud_amount(rows.rows()) == 0) continue;
    expect_naive_ranking(metrics.figures, rows.rows());
    expect_naive_probabilities(metrics, rows.rows());
    expect_naive_alerts(metrics, rows.rows());
    expect_naive_cards(metrics.figures, rows.rows());
    expect_naive_threshold(metrics, rows.rows());
    expect_naive_weeks(metrics, rows.rows());
    if (metrics.figures.at("fpr_ratio_group").value)
      expect_near(metrics.figures, "fpr_ratio_group", naive::fpr_ratio(rows.rows(), .5));
    ASSERT_FALSE(HasFailure()) << "round " << round;
    ++compared;
  }
  EXPECT_GT(compared, 250);
}

TEST(Evaluate, GivesTheSameBitsForTheSameRowsInAnyOrder) {
  std::mt19937 dice(11);
  for (const int steps : {1, 7, 1000, 16'000'000}) {
    const auto rows = ScoredRows::random(5000, steps, .1, dice);
    const PartMetrics metrics = evaluate(rows.ranked(), all_settings());
    for (int shuffle = 0; shuffle < 5; ++shuffle)
      ASSERT_EQ(evaluate(rows.shuffled(dice).ranked(), all_settings()), metrics);
  }
}

TEST(Evaluate, DoesNotTellNegativeZeroFromZero) {
  EXPECT_EQ(ScoredRows::of({-0.0F, 0.0F, .5F}, {1, 0, 1}).evaluated(all_settings()),
            ScoredRows::of({0.0F, -0.0F, .5F}, {1, 0, 1}).evaluated(all_settings()));
}

TEST(Evaluate, GivesNoFigureThatLacksAColumnUnlessItIsNamed) {
  auto settings = all_settings();
  const Figures figures = tied_rows().evaluated(settings).figures;
  for (const auto& [name, figure] : figures) {
    EXPECT_TRUE(parse_metric(name)) << name;
    EXPECT_EQ(name.find("value"), std::string::npos) << name;
    EXPECT_EQ(name.find("daily"), std::string::npos) << name;
    EXPECT_EQ(name.find("card"), std::string::npos) << name;
    EXPECT_EQ(name.find("week"), std::string::npos) << name;
  }
  const std::pair<const char*, const char*> reasons[] = {
      {"value_recall", "the rows have no amounts"},
      {"average_precision_by_value", "the rows have no amounts"},
      {"daily_recall_at_3", "the rows have no event days"},
      {"card_precision_at_3", "the rows have no event days"},
      {"worst_week_auc_roc", "the rows have no event days"},
      {"fpr_ratio_channel", "the rows have no column channel"},
      {"psi_from_train", "there is no part to compare the scores with"}};
  for (const auto& [name, reason] : reasons) want(settings, *parse_metric(name));
  const Figures named = tied_rows().evaluated(settings).figures;
  for (const auto& [name, reason] : reasons) EXPECT_EQ(named.at(name), (Figure{std::nullopt, reason})) << name;
}

TEST(Evaluate, SaysOfEveryFigureAtTheThresholdWhyThereIsNoThreshold) {
  auto settings = all_settings();
  settings.threshold.reset();
  settings.no_threshold = "the highest score is too common";
  const Figures figures = evaluate(handbook_rows().ranked(), settings).figures;
  for (const char* name : {"precision", "recall", "f1", "f_beta", "mcc", "value_recall", "cost_per_row", "savings",
                           "alert_share", "fpr_ratio_group"})
    EXPECT_EQ(figures.at(name), (Figure{std::nullopt, "the highest score is too common"})) << name;
}

TEST(Evaluate, HasNoFigureAtAThresholdWhenTheProfileHasNoOperatingPoint) {
  auto settings = all_settings();
  settings.threshold.reset();
  EXPECT_FALSE(evaluate(handbook_rows().ranked(), settings).figures.contains("recall"));
  want(settings, *parse_metric("recall"));
  EXPECT_EQ(evaluate(handbook_rows().ranked(), settings).figures.at("recall").reason,
            "the profile has no operating point");
}

TEST(Evaluate, LeavesEveryFigureOfAnEmptyPartUndefinedWithItsReason) {
  auto settings = all_settings();
  for (const char* name : {"value_recall", "card_precision_at_3", "daily_lift_at_alert_rate_0.5", "worst_week_auc_roc",
                           "savings", "average_precision_by_value"})
    want(settings, *parse_metric(name));
  const PartMetrics metrics = ScoredRows().evaluated(settings);
  EXPECT_EQ(metrics.rows, 0);
  EXPECT_GT(metrics.figures.size(), 40U);
  for (const auto& [name, figure] : metrics.figures)
    EXPECT_EQ(figure, (Figure{std::nullopt, "no rows in this part"})) << name;
  EXPECT_TRUE(metrics.curves.points.empty());
}

TEST(Evaluate, RefusesScoresThatAreNoProbabilities) {
  for (const float score :
       {-.1F, 1.1F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    EXPECT_THROW(static_cast<void>(ScoredRows::of({.5F, score}, {0, 1}).evaluated()), Error) << score;
  }
}

TEST(Evaluate, RanksScoresThatAreNoProbabilitiesAndReadsNoneFromThem) {
  auto settings = all_settings();
  settings.threshold.reset();
  const auto same = ScoredRows::of({0, 0.6F, 0.4F, 0.8F, 0.2F, 1}, {0, 1, 0, 0, 0, 1}).evaluated(settings);
  settings.no_probabilities = "they are odds";
  const auto metrics = ScoredRows::of({-3.5F, 2.25F, 0, 17, -0.5F, 1e6F}, {0, 1, 0, 0, 0, 1}).evaluated(settings);
  for (const auto& [name, figure] : same.figures) {
    const bool reads = name == "log_loss" || name == "brier" || name == "expected_calibration_error";
    EXPECT_EQ(metrics.figures.at(name), reads ? (Figure{std::nullopt, "they are odds"}) : figure) << name;
  }
  EXPECT_EQ(metrics.alert_rates.back().threshold.value, 1e6F);
  EXPECT_TRUE(metrics.calibration.empty());
  EXPECT_EQ(metrics.curves.scores.front().lower, -3.5);
  EXPECT_EQ(metrics.curves.scores.back().upper, 1e6);
}

TEST(Evaluate, RefusesScoresThatAreNotFinite) {
  EvaluationSettings settings;
  settings.no_probabilities = "they are odds";
  for (const float score : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
    EXPECT_THROW(static_cast<void>(ScoredRows::of({score}, {0}).evaluated(settings)), Error);
}

TEST(Evaluate, RefusesRowsThatAreNotRanked) {
  RankedPart part;
  part.scores = {.1F, .2F};
  part.labels = {0, 1};
  EXPECT_THROW(evaluate(part, {}), Error);
}

TEST(Evaluate, RefusesSettingsThatAreOutOfRange) {
  const auto refused = [](auto change) {
    EvaluationSettings settings;
    change(settings);
    EXPECT_THROW(static_cast<void>(tied_rows().evaluated(settings)), Error);
  };
  refused([](auto& settings) { settings.top_k = {0}; });
  refused([](auto& settings) { settings.card_top_k = {-1}; });
  refused([](auto& settings) { settings.beta = 0; });
  refused([](auto& settings) { settings.costs = Costs{-1, 0, 0}; });
  refused([](auto& settings) { settings.threshold = std::numeric_limits<double>::quiet_NaN(); });
  for (const double rate : {0.0, -.1, 1.0, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    refused([&](auto& settings) { settings.alert_rates = {rate}; });
    refused([&](auto& settings) { settings.max_fpr = {rate}; });
  }
}

}  // namespace
}  // namespace mf::metrics
