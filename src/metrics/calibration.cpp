#include "metrics/calibration.hpp"

#include <cmath>

#include "metrics/compensated_sum.hpp"
#include "metrics/figure.hpp"

namespace mf::metrics {
namespace {

constexpr const char* kEmptyBin = "no rows in this bin";

// bin x 0.1 are the doubles of numpy.linspace(0, 1, 11); bin / 10.0 differ in three places.
double edge(std::int64_t bin) { return static_cast<double>(bin) * (1.0 / kCalibrationBins); }

CalibrationBin empty_bin(std::int64_t bin) {
  return {edge(bin), edge(bin + 1), 0, undefined(kEmptyBin), undefined(kEmptyBin)};
}

// Takes the rows above the lower edge of `bin`, or all that are left when it is the first; `tied` is the next group.
CalibrationBin fill_bin(std::int64_t bin, Descent& descent, std::optional<TiedRows>& tied) {
  CalibrationBin filled = empty_bin(bin);
  CompensatedSum scores;
  std::int64_t frauds = 0;
  for (; tied && (bin == 0 || tied->score > filled.lower); tied = descent.next()) {
    filled.rows += tied->rows();
    frauds += tied->positives;
    scores.add(static_cast<double>(tied->rows()) * static_cast<double>(tied->score));
  }
  if (filled.rows == 0) return filled;
  filled.mean_score = defined(scores.value() / static_cast<double>(filled.rows));
  filled.observed_rate = defined(ratio(frauds, filled.rows));
  return filled;
}

}  // namespace

std::vector<CalibrationBin> calibration_curve(const Ranking& ranking) {
  std::vector<CalibrationBin> curve(kCalibrationBins);
  Descent descent(ranking);
  auto tied = descent.next();
  for (std::int64_t bin = kCalibrationBins - 1; bin >= 0; --bin) {
    curve[static_cast<std::size_t>(bin)] = fill_bin(bin, descent, tied);
  }
  return curve;
}

Figure expected_calibration_error(const std::vector<CalibrationBin>& curve) {
  std::int64_t rows = 0;
  CompensatedSum errors;
  for (const CalibrationBin& bin : curve) {
    if (bin.rows == 0) continue;
    rows += bin.rows;
    errors.add(static_cast<double>(bin.rows) * std::fabs(*bin.observed_rate.value - *bin.mean_score.value));
  }
  if (rows == 0) return undefined(kNoRows);
  return defined(errors.value() / static_cast<double>(rows));
}

}  // namespace mf::metrics
