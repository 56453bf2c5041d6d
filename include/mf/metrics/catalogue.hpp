#pragma once
// The names that policies call figures by.
//
// Room: metrics.  docs/metrics.md has the table. <k> is a positive integer without leading zeros; <r> is a decimal
// between 0 and 1, both excluded, as the profile writes it: 0.005; <column> is a slice column of the profile.

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
  std::optional<double> rate;  ///< an alert rate or a false positive rate
  std::string column;          ///< of fpr_ratio
  bool operator==(const MetricName&) const = default;
};

/// Reads a metric name; nothing when there is no such metric.
std::optional<MetricName> parse_metric(std::string_view name);

/// The one spelling of a name, under which Figures have it: rates without trailing zeros.
std::string canonical_name(const MetricName& name);

/// Every base name, with <k>, <r> or <column> where one stands: for messages and suggestions.
std::vector<std::string> metric_names();

/// Whether a higher value is the better one.
bool higher_is_better(const MetricName& name);

/// Widens `settings` so that evaluate computes `name` too (a number that is there already is not added again), or says
/// why it cannot.
void want(EvaluationSettings& settings, const MetricName& name);

/// The figure called `name`, or nothing when `metrics` was computed without it.
std::optional<Figure> figure(const PartMetrics& metrics, const MetricName& name);

}  // namespace mf::metrics
