#include "report/metric_titles.hpp"

#include <array>
#include <string_view>

namespace mf::report {
namespace {

struct Row {
  std::string_view name;   ///< a whole name, or how one begins when it ends with _
  std::string_view title;  ///< what follows such a beginning is added to it
};

/// The first row that fits counts.
constexpr std::array kTitles{
    Row{"auc_roc", "ROC AUC"},
    Row{"average_precision", "Average precision"},
    Row{"average_precision_by_value", "Average precision, weighted by amount"},
    Row{"log_loss", "Log loss"},
    Row{"brier", "Brier score"},
    Row{"expected_calibration_error", "Expected calibration error"},
    Row{"kolmogorov_smirnov", "Kolmogorov-Smirnov distance"},
    Row{"partial_auc_", "Partial ROC AUC up to a false positive rate of "},
    Row{"recall_at_fpr_", "Recall at a false positive rate of "},
    Row{"precision_at_alert_rate_", "Precision at an alert rate of "},
    Row{"recall_at_alert_rate_", "Recall at an alert rate of "},
    Row{"lift_at_alert_rate_", "Lift at an alert rate of "},
    Row{"value_recall_at_alert_rate_", "Share of the fraud amount at an alert rate of "},
    Row{"daily_precision_at_alert_rate_", "Precision at a daily alert rate of "},
    Row{"daily_recall_at_alert_rate_", "Recall at a daily alert rate of "},
    Row{"daily_lift_at_alert_rate_", "Lift at a daily alert rate of "},
    Row{"daily_value_recall_at_alert_rate_", "Share of the fraud amount at a daily alert rate of "},
    Row{"precision_at_", "Precision in the top "},
    Row{"recall_at_", "Recall in the top "},
    Row{"lift_at_", "Lift in the top "},
    Row{"value_recall_at_", "Share of the fraud amount in the top "},
    Row{"daily_precision_at_", "Precision in each day's top "},
    Row{"daily_recall_at_", "Recall in each day's top "},
    Row{"daily_lift_at_", "Lift in each day's top "},
    Row{"daily_value_recall_at_", "Share of the fraud amount in each day's top "},
    Row{"card_precision_at_", "Card precision in each day's top "},
    Row{"card_precision_lowest_at_", "Card precision, ties at their worst, top "},
    Row{"card_precision_highest_at_", "Card precision, ties at their best, top "},
    Row{"card_precision_ceiling_at_", "Highest possible card precision, top "},
    Row{"precision", "Precision"},
    Row{"recall", "Recall"},
    Row{"false_positive_rate", "False positive rate"},
    Row{"alert_share", "Share of rows alerted on"},
    Row{"f1", "F1"},
    Row{"f_beta", "F-beta"},
    Row{"mcc", "Matthews correlation"},
    Row{"balanced_error_rate", "Balanced error rate"},
    Row{"g_mean", "G-mean"},
    Row{"value_recall", "Share of the fraud amount caught"},
    Row{"value_precision", "Share of fraud in the amount alerted on"},
    Row{"cost_per_row", "Cost per row"},
    Row{"savings", "Savings"},
    Row{"psi_from_train", "Score shift (PSI) from train"},
    Row{"psi_from_validation", "Score shift (PSI) from validation"},
    Row{"worst_week_auc_roc", "ROC AUC of the worst week"},
    Row{"worst_week_average_precision", "Average precision of the worst week"},
    Row{"fpr_ratio_", "Lowest to highest false positive rate by "},
};

bool fits(const Row& row, const std::string& name) {
  return row.name.ends_with('_') ? name.starts_with(row.name) : name == row.name;
}

}  // namespace

std::string title_of_metric(const std::string& name) {
  for (const auto& row : kTitles) {
    if (!fits(row, name)) continue;
    return std::string(row.title) + (row.name.ends_with('_') ? name.substr(row.name.size()) : "");
  }
  return name;
}

}  // namespace mf::report
