#pragma once
// All metrics: their base names, what number or name they carry, which way is better, and which sweep gives them.

#include <span>
#include <string_view>

#include "mf/metrics/catalogue.hpp"

namespace mf::metrics {

/// Metrics that come from one accumulator, and need the same of rows and settings.
enum class Family {
  ranking,
  ranking_by_value,
  loss,
  calibration,
  low_false_positives,
  top,
  top_value,
  daily,
  daily_value,
  cards,
  threshold,
  threshold_beta,
  threshold_value,
  threshold_cost,
  stability,
  weeks,
  groups,
};

enum class Carries { nothing, k, rate, column };

struct MetricRow {
  std::string_view base;
  Family family;
  Carries carries = Carries::nothing;
  bool higher_is_better = true;
};

std::span<const MetricRow> metric_table();

/// The row of a base name; nothing when there is none.
const MetricRow* metric_row(std::string_view base);

}  // namespace mf::metrics
