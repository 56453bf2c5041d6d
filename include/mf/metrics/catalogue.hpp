#pragma once
// The names that policies call figures by.
//
// Room: metrics.  auc_roc, average_precision, log_loss, brier, expected_calibration_error, and with a number
// precision_at_<k>, recall_at_<k>, precision_at_alert_rate_<r>, recall_at_alert_rate_<r>. <k> is a positive integer
// without leading zeros; <r> is a decimal between 0 and 1, both excluded, as the profile writes it: 0.005.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

/// A metric name, taken apart.
struct MetricName {
  std::string base;  ///< such as precision_at
  std::optional<std::int64_t> k;
  std::optional<double> alert_rate;
};

/// Reads a metric name; nothing when there is no such metric.
std::optional<MetricName> parse_metric(std::string_view name);

/// Every base name, with <k> or <r> where a number stands: for messages and suggestions.
std::vector<std::string> metric_names();

/// Widens `settings` so that evaluate computes `name` too; a number that is there already is not added again.
void want(EvaluationSettings& settings, const MetricName& name);

/// The figure called `name`, or nothing when `metrics` was computed without it.
std::optional<Figure> figure(const PartMetrics& metrics, const MetricName& name);

}  // namespace mf::metrics
