#include "metrics/metric_table.hpp"

#include <algorithm>

namespace mf::metrics {
namespace {

using F = Family;
using C = Carries;

constexpr MetricRow kMetrics[] = {
    {"auc_roc", F::ranking},
    {"average_precision", F::ranking},
    {"average_precision_by_value", F::ranking_by_value},
    {"kolmogorov_smirnov", F::ranking},
    {"partial_auc", F::low_false_positives, C::rate},
    {"recall_at_fpr", F::low_false_positives, C::rate},
    {"log_loss", F::loss, C::nothing, false},
    {"brier", F::loss, C::nothing, false},
    {"expected_calibration_error", F::calibration, C::nothing, false},
    {"precision_at", F::top, C::k},
    {"recall_at", F::top, C::k},
    {"lift_at", F::top, C::k},
    {"value_recall_at", F::top_value, C::k},
    {"precision_at_alert_rate", F::top, C::rate},
    {"recall_at_alert_rate", F::top, C::rate},
    {"lift_at_alert_rate", F::top, C::rate},
    {"value_recall_at_alert_rate", F::top_value, C::rate},
    {"daily_precision_at", F::daily, C::k},
    {"daily_recall_at", F::daily, C::k},
    {"daily_lift_at", F::daily, C::k},
    {"daily_value_recall_at", F::daily_value, C::k},
    {"daily_precision_at_alert_rate", F::daily, C::rate},
    {"daily_recall_at_alert_rate", F::daily, C::rate},
    {"daily_lift_at_alert_rate", F::daily, C::rate},
    {"daily_value_recall_at_alert_rate", F::daily_value, C::rate},
    {"card_precision_at", F::cards, C::k},
    {"card_precision_lowest_at", F::cards, C::k},
    {"card_precision_highest_at", F::cards, C::k},
    {"card_precision_ceiling_at", F::cards, C::k},
    {"precision", F::threshold},
    {"recall", F::threshold},
    {"false_positive_rate", F::threshold, C::nothing, false},
    {"alert_share", F::threshold, C::nothing, false},
    {"f1", F::threshold},
    {"f_beta", F::threshold_beta},
    {"mcc", F::threshold},
    {"balanced_error_rate", F::threshold, C::nothing, false},
    {"g_mean", F::threshold},
    {"value_recall", F::threshold_value},
    {"value_precision", F::threshold_value},
    {"cost_per_row", F::threshold_cost, C::nothing, false},
    {"savings", F::threshold_cost},
    {"psi_from_train", F::stability, C::nothing, false},
    {"psi_from_validation", F::stability, C::nothing, false},
    {"worst_week_auc_roc", F::weeks},
    {"worst_week_average_precision", F::weeks},
    {"fpr_ratio", F::groups, C::column},
};

}  // namespace

std::span<const MetricRow> metric_table() { return kMetrics; }

const MetricRow* metric_row(std::string_view base) {
  const auto* found = std::ranges::find(kMetrics, base, &MetricRow::base);
  return found == std::end(kMetrics) ? nullptr : found;
}

}  // namespace mf::metrics
