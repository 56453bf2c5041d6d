#pragma once
// Whether a score of 0.3 means fraud three times in ten: the calibration curve and its mean error.

#include <vector>

#include "metrics/ranking.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

/// kCalibrationBins bins of equal width, lowest first; a bin without rows has undefined figures.
std::vector<CalibrationBin> calibration_curve(const Ranking& ranking);

/// The mean over rows of |observed rate - mean score| of the row's bin. Needs a row.
Figure expected_calibration_error(const std::vector<CalibrationBin>& curve);

}  // namespace mf::metrics
