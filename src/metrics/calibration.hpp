#pragma once
// Whether a score of 0.3 means fraud three times in ten: the calibration curve and its mean error.

#include <array>
#include <vector>

#include "metrics/accumulator.hpp"
#include "metrics/compensated_sum.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

class Calibration : public Accumulator {
 public:
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

  /// kCalibrationBins bins of equal width, lowest first; a bin without rows has undefined figures.
  [[nodiscard]] std::vector<CalibrationBin> curve() const;

 private:
  struct Bin {
    std::int64_t positives = 0, negatives = 0;
    CompensatedSum scores;
  };

  std::array<Bin, kCalibrationBins> bins_;
  std::size_t bin_ = kCalibrationBins - 1;  // of the tie before
};

}  // namespace mf::metrics
