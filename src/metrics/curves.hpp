#pragma once
// The curves of a part, thinned to what a chart can show.

#include <optional>
#include <vector>

#include "metrics/accumulator.hpp"
#include "metrics/compensated_sum.hpp"
#include "metrics/threshold.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

class OperatingCurve : public Accumulator {
 public:
  OperatingCurve(const RankedPart& part, const Totals& totals, const EvaluationSettings& settings,
                 const ValueReasons& reasons);
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

  /// After tell.
  [[nodiscard]] std::vector<OperatingPoint> points() const { return points_; }

 private:
  [[nodiscard]] bool moved() const;
  [[nodiscard]] OperatingPoint here() const;

  const RankedPart& part_;
  Totals totals_;
  std::optional<Costs> costs_;
  bool has_value_;
  float score_ = 0;
  std::int64_t positives_ = 0, negatives_ = 0;
  CompensatedSum found_amount_;
  std::vector<OperatingPoint> points_;
};

class ScoreHistogram : public Accumulator {
 public:
  ScoreHistogram(const RankedPart& part, bool probabilities);
  void take(const Piece& piece) override;
  void tell(Figures&) override {}

  [[nodiscard]] std::vector<HistogramBin> bins() const { return bins_; }

 private:
  std::vector<HistogramBin> bins_;
  std::size_t bin_ = 0;  // of the tie before
};

}  // namespace mf::metrics
