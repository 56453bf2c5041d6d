#include "metrics/calibration.hpp"

#include <cmath>

#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

// bin x 0.1 are the doubles of numpy.linspace(0, 1, 11); bin / 10.0 differ in three places.
double edge(std::size_t bin) { return static_cast<double>(bin) * (1.0 / kCalibrationBins); }

}  // namespace

void Calibration::take(const Piece& piece) {
  for (const Tie& tie : piece.ties) {
    while (bin_ > 0 && static_cast<double>(tie.score) <= edge(bin_)) --bin_;
    Bin& bin = bins_[bin_];
    bin.positives += tie.positives;
    bin.negatives += tie.negatives;
    bin.scores.add(static_cast<double>(tie.rows()) * static_cast<double>(tie.score));
  }
}

std::vector<CalibrationBin> Calibration::curve() const {
  std::vector<CalibrationBin> curve;
  for (std::size_t b = 0; b < bins_.size(); ++b) {
    const std::int64_t rows = bins_[b].positives + bins_[b].negatives;
    const Figure none = undefined("no rows in this bin");
    const Figure score = rows == 0 ? none : defined(bins_[b].scores.value() / static_cast<double>(rows));
    curve.push_back({edge(b), edge(b + 1), rows, score, rows == 0 ? none : defined(ratio(bins_[b].positives, rows))});
  }
  return curve;
}

void Calibration::tell(Figures& figures) {
  std::int64_t rows = 0;
  CompensatedSum errors;
  for (const CalibrationBin& bin : curve()) {
    if (bin.rows == 0) continue;
    rows += bin.rows;
    errors.add(static_cast<double>(bin.rows) * std::fabs(*bin.observed_rate.value - *bin.mean_score.value));
  }
  figures["expected_calibration_error"] =
      rows == 0 ? undefined(kNoRows) : defined(errors.value() / static_cast<double>(rows));
}

}  // namespace mf::metrics
