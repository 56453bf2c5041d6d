#pragma once
// Average precision in money: every row counts as much as its amount.

#include "metrics/accumulator.hpp"
#include "metrics/compensated_sum.hpp"

namespace mf::metrics {

class ValuePrecision : public Accumulator {
 public:
  explicit ValuePrecision(const RankedPart& part) : part_(part) {}
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

 private:
  void take(const Tie& tie, std::span<const CountedRow> rows);

  const RankedPart& part_;
  CompensatedSum frauds_, all_, precisions_;
};

}  // namespace mf::metrics
