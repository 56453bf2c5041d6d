#pragma once
// Every figure of one part, with its definition.
//
// Room: metrics.  Definitions and tie rules: docs/metrics.md; equal to scikit-learn where it has the metric. An
// undefined figure is absent with a reason, never 0 or 1.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mf/metrics/scored_part.hpp"

namespace mf::metrics {

/// A number, or the reason why there is none.
struct Figure {
  std::optional<double> value;
  std::string reason;  ///< empty when there is a value
  bool operator==(const Figure&) const = default;
};

/// The k rows with the highest scores; ties are broken by subject key, ascending bytes.
struct TopK {
  std::int64_t k = 0;
  Figure precision;  ///< frauds among them / k, also when the part has fewer than k rows
  Figure recall;     ///< frauds among them / all frauds
  bool operator==(const TopK&) const = default;
};

/// The rows that would be alerted on when at most `rate` of all rows may be: the top k with k = floor(rate x rows).
struct AlertRate {
  double rate = 0;
  std::int64_t alerts = 0;
  Figure threshold;  ///< the lowest score that is alerted on; more rows may have it than are alerted on
  Figure precision;
  Figure recall;
  bool operator==(const AlertRate&) const = default;
};

/// Rows whose score lies in (lower, upper]; the first bin includes 0.
struct CalibrationBin {
  double lower = 0, upper = 0;
  std::int64_t rows = 0;
  Figure mean_score, observed_rate;
  bool operator==(const CalibrationBin&) const = default;
};

struct PartMetrics {
  std::int64_t rows = 0;
  std::int64_t positives = 0;
  Figure auc_roc;
  Figure average_precision;
  Figure log_loss;
  Figure brier;
  Figure expected_calibration_error;
  std::vector<TopK> top_k;                  ///< in the order of the settings
  std::vector<AlertRate> alert_rates;       ///< in the order of the settings
  std::vector<CalibrationBin> calibration;  ///< kCalibrationBins, lowest first; none without probabilities
  bool operator==(const PartMetrics&) const = default;
};

/// Which figures with a parameter are wanted.
struct EvaluationSettings {
  std::vector<std::int64_t> top_k;  ///< each at least 1
  std::vector<double> alert_rates;  ///< each in (0,1]
  /// Why the scores are no probabilities; empty when they are. Then the figures that read them as such are undefined.
  std::string no_probabilities = {};
};

constexpr std::int64_t kCalibrationBins = 10;

/// All figures of `part`. The same rows in another order give the same bits. Linear in the number of rows.
/// Throws INTERNAL if the spans differ in length, a score is not in [0,1] (or, where scores are no probabilities, not
/// finite), a label is not 0 or 1, or a setting is out of range.
PartMetrics evaluate(const ScoredPart& part, const EvaluationSettings& settings);

/// ROC AUC of any ranking (a feature, say) against labels. Any float is a score: -0 equals 0, NaN ranks below
/// everything. Throws INTERNAL if the spans differ in length or a label is not 0 or 1.
Figure roc_auc(std::span<const float> scores, std::span<const std::uint8_t> labels);

}  // namespace mf::metrics
