#include "mf/metrics/catalogue.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

struct Reading {
  const char* name;
  const char* base;
  std::optional<std::int64_t> k;
  std::optional<double> rate;
  const char* column = "";
};

MetricName metric(std::string_view name) { return parse_metric(name).value(); }

TEST(MetricName, IsTakenApart) {
  const Reading readings[] = {
      {"auc_roc", "auc_roc", {}, {}},
      {"average_precision", "average_precision", {}, {}},
      {"log_loss", "log_loss", {}, {}},
      {"brier", "brier", {}, {}},
      {"expected_calibration_error", "expected_calibration_error", {}, {}},
      {"precision_at_50", "precision_at", 50, {}},
      {"recall_at_1", "recall_at", 1, {}},
      {"recall_at_9223372036854775807", "recall_at", 9223372036854775807, {}},
      {"precision_at_alert_rate_0.005", "precision_at_alert_rate", {}, .005},
      {"recall_at_alert_rate_0.10", "recall_at_alert_rate", {}, .1},
      {"recall_at_fpr_0.05", "recall_at_fpr", {}, .05},
      {"daily_value_recall_at_9", "daily_value_recall_at", 9, {}},
      {"card_precision_highest_at_9", "card_precision_highest_at", 9, {}},
      {"precision", "precision", {}, {}},
      {"fpr_ratio_merchant_type", "fpr_ratio", {}, {}, "merchant_type"},
  };
  for (const Reading& reading : readings) {
    const auto name = parse_metric(reading.name);
    ASSERT_TRUE(name) << reading.name;
    EXPECT_EQ(name->base, reading.base);
    EXPECT_EQ(name->k, reading.k) << reading.name;
    EXPECT_EQ(name->column, reading.column) << reading.name;
    EXPECT_EQ(name->rate, reading.rate) << reading.name;
  }
}

TEST(MetricName, IsRefusedWhenThereIsNoSuchMetric) {
  for (const char* name : {"", "auc", "AUC_ROC", " auc_roc", "auc_roc ", "auc_roc_", "auc_roc_5", "threshold_at_50",
                           "f2", "fpr_ratio", "fpr_ratio_", "precision_at", "precision_at_<k>", "precision_50"}) {
    EXPECT_FALSE(parse_metric(name)) << '"' << name << '"';
  }
}

TEST(MetricName, IsRefusedWhenItsKIsNoPositiveInteger) {
  for (const char* k : {"", "0", "05", "-5", "+5", "5.0", "5 ", " 5", "0x5", "1e2", "k", "9223372036854775808"}) {
    EXPECT_FALSE(parse_metric(std::string("precision_at_") + k)) << '"' << k << '"';
    EXPECT_FALSE(parse_metric(std::string("recall_at_") + k)) << '"' << k << '"';
  }
}

TEST(MetricName, IsRefusedWhenItsRateIsNoDecimalBetweenZeroAndOne) {
  const std::string too_small = "0." + std::string(400, '0') + "1";
  for (const std::string& rate :
       {std::string(), std::string("0"), std::string("0."), std::string("0.0"), std::string("1"), std::string("1.0"),
        std::string("1.5"), std::string(".5"), std::string("-0.5"), std::string("00.5"), std::string("0.5 "),
        std::string("0.5e-1"), std::string("5e-3"), std::string("0,5"), std::string("nan"), std::string("0.-5"),
        std::string("0.99999999999999999999999"), too_small}) {
    EXPECT_FALSE(parse_metric("precision_at_alert_rate_" + rate)) << '"' << rate << '"';
    EXPECT_FALSE(parse_metric("recall_at_alert_rate_" + rate)) << '"' << rate << '"';
  }
}

TEST(MetricNames, AreNamesOnceANumberIsPutIn) {
  const auto names = metric_names();
  EXPECT_EQ(names.size(), 47U);
  for (std::string name : names) {
    if (name.ends_with("<k>")) name.replace(name.size() - 3, 3, "100");
    if (name.ends_with("<r>")) name.replace(name.size() - 3, 3, "0.01");
    if (name.ends_with("<column>")) name.replace(name.size() - 8, 8, "channel");
    EXPECT_TRUE(parse_metric(name)) << name;
  }
}

TEST(MetricNames, AreAllExplainedInTheManual) {
  std::ostringstream page;
  page << std::ifstream(MF_SOURCE_DIR "/docs/metrics.md").rdbuf();
  for (const std::string& name : metric_names()) {
    EXPECT_NE(page.str().find("| `" + name + "` |"), std::string::npos) << name;
  }
}

TEST(MetricNames, HaveOneSpellingEach) {
  EXPECT_EQ(canonical_name(metric("recall_at_alert_rate_0.0100")), "recall_at_alert_rate_0.01");
  EXPECT_EQ(canonical_name(metric("recall_at_fpr_0.00000001")), "recall_at_fpr_0.00000001");
  for (const char* name : {"auc_roc", "daily_lift_at_10", "fpr_ratio_a_b", "precision_at_alert_rate_0.5"})
    EXPECT_EQ(canonical_name(metric(name)), name);
}

TEST(Want, AddsEachNumberOnceBehindTheOthers) {
  EvaluationSettings settings;
  settings.top_k = {100};
  settings.alert_rates = {.01};
  for (const char* name : {"precision_at_50", "recall_at_50", "daily_recall_at_100", "precision_at_alert_rate_0.005",
                           "recall_at_alert_rate_0.0050", "recall_at_alert_rate_0.01", "auc_roc", "recall_at_fpr_0.1",
                           "card_precision_ceiling_at_7"}) {
    want(settings, metric(name));
  }
  EXPECT_EQ(settings.top_k, (std::vector<std::int64_t>{100, 50}));
  EXPECT_EQ(settings.card_top_k, (std::vector<std::int64_t>{7}));
  EXPECT_EQ(settings.alert_rates, (std::vector<double>{.01, .005}));
  EXPECT_EQ(settings.max_fpr, (std::vector<double>{.1}));
  EXPECT_EQ(settings.named.size(), 9U);
}

TEST(FigureByName, IsThereForEveryNameThatWasWanted) {
  for (const char* name : {"recall_at_7", "precision_at_alert_rate_0.1250", "recall_at_fpr_0.01", "value_recall",
                           "fpr_ratio_merchant_category", "card_precision_at_5"}) {
    EvaluationSettings settings;
    want(settings, metric(name));
    EXPECT_TRUE(figure(tied_rows().evaluated(settings), metric(name))) << name;
  }
}

TEST(FigureByName, IsAbsentWhenTheEvaluationWasMadeWithoutIt) {
  EvaluationSettings settings;
  settings.top_k = {3};
  settings.alert_rates = {.5};
  const PartMetrics metrics = tied_rows().evaluated(settings);
  for (const char* name : {"precision_at_4", "recall_at_4", "recall_at_alert_rate_0.25", "mcc"}) {
    EXPECT_EQ(figure(metrics, metric(name)), std::nullopt) << name;
  }
}

TEST(FigureByName, KeepsTheReasonOfAnUndefinedFigure) {
  EvaluationSettings settings;
  settings.top_k = {1};
  const auto found = figure(ScoredRows::of({.5F}, {0}).evaluated(settings), metric("recall_at_1"));
  EXPECT_EQ(found, (Figure{std::nullopt, "no fraud rows in this part"}));
}

TEST(HigherIsBetter, ForAllButLossesErrorsCostsAndDrift) {
  for (const char* name : {"log_loss", "brier", "expected_calibration_error", "false_positive_rate", "alert_share",
                           "balanced_error_rate", "cost_per_row", "psi_from_train", "psi_from_validation"})
    EXPECT_FALSE(higher_is_better(metric(name))) << name;
  for (const char* name : {"auc_roc", "savings", "recall_at_5", "fpr_ratio_channel", "worst_week_auc_roc"})
    EXPECT_TRUE(higher_is_better(metric(name))) << name;
}

}  // namespace
}  // namespace mf::metrics
