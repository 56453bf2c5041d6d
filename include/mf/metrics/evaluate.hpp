#pragma once
// Every figure of one part, with its definition.
//
// Room: metrics.  Definitions and tie rules: docs/metrics.md; equal to scikit-learn where it has the metric. An
// undefined figure is absent with a reason, never 0 or 1.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mf/metrics/figure.hpp"
#include "mf/metrics/ranked_part.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

/// The rows that would be alerted on when at most `rate` of all rows may be.
struct AlertRate {
  double rate = 0;
  std::int64_t alerts = 0;
  Figure threshold;  ///< the lowest score that is alerted on; more rows may have it than are alerted on
  bool operator==(const AlertRate&) const = default;
};

/// Rows whose score lies in (lower, upper]; the first bin includes 0.
struct CalibrationBin {
  double lower = 0, upper = 0;
  std::int64_t rows = 0;
  Figure mean_score, observed_rate;
  bool operator==(const CalibrationBin&) const = default;
};

/// Rows by alert (score >= threshold) and label.
struct Confusion {
  std::int64_t true_positives = 0, false_positives = 0, false_negatives = 0, true_negatives = 0;
  bool operator==(const Confusion&) const = default;
};

/// What alerting on all rows with at least `threshold` gives. One list of them is the ROC, the precision-recall, the
/// gain and the cost curve.
struct OperatingPoint {
  double threshold = 0;
  std::int64_t alerts = 0, frauds = 0;                                            ///< alerts, and frauds among them
  std::optional<double> alert_share, precision;                                   ///< of all rows; of the alerts
  std::optional<double> recall, false_positive_rate, value_recall, cost_per_row;  ///< none where undefined
  bool operator==(const OperatingPoint&) const = default;
};

/// Rows whose score lies in (lower, upper]; the first bin includes `lower`.
struct HistogramBin {
  double lower = 0, upper = 0;
  std::int64_t rows = 0, frauds = 0;
  bool operator==(const HistogramBin&) const = default;
};

struct Curves {
  /// From the highest threshold to the lowest score, which alerts on all rows; at most kCurvePoints of them.
  std::vector<OperatingPoint> points;
  /// kHistogramBins of equal width over [0,1], or from the lowest to the highest score where they are no probabilities.
  std::vector<HistogramBin> scores;
  bool operator==(const Curves&) const = default;
};

/// A day, or a week from Monday to Sunday (UTC), that has rows.
struct Period {
  std::int32_t first_day = 0;  ///< days since 1970-01-01; of a week: its Monday
  std::int64_t rows = 0, positives = 0;
  /// auc_roc, average_precision; at the threshold precision, recall, false_positive_rate, alert_share; of a day also
  /// precision_at_<k> and card_precision_at_<k>.
  Figures figures;
  bool operator==(const Period&) const = default;
};

struct PartMetrics {
  std::int64_t rows = 0;
  std::int64_t positives = 0;
  Figures figures;                          ///< all that the settings ask for and the columns allow, and all `named`
  std::vector<AlertRate> alert_rates;       ///< in the order of the settings
  std::vector<CalibrationBin> calibration;  ///< kCalibrationBins, lowest first; none without probabilities
  std::optional<Confusion> confusion;       ///< at the threshold
  Curves curves;
  std::vector<Period> days, weeks;  ///< ascending; none when the rows have no days
  bool operator==(const PartMetrics&) const = default;
};

constexpr std::int64_t kCalibrationBins = 10;
constexpr std::int64_t kHistogramBins = 50;
constexpr std::size_t kCurvePoints = 205;

/// All figures of `part`. Linear in the number of rows; takes about 15 bytes a row while it runs.
/// Throws INTERNAL if a column has another length than the scores, the scores do not fall, a score is not in [0,1] (or,
/// where scores are no probabilities, not finite), a label is not 0 or 1, or a setting is out of range.
PartMetrics evaluate(const RankedPart& part, const EvaluationSettings& settings);

}  // namespace mf::metrics
