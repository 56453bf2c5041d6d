#pragma once
// How far scores, read as probabilities, are from what happened: log loss and Brier score.

#include "metrics/accumulator.hpp"
#include "metrics/compensated_sum.hpp"

namespace mf::metrics {

class Loss : public Accumulator {
 public:
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

 private:
  std::int64_t rows_ = 0;
  CompensatedSum log_, squared_;
};

}  // namespace mf::metrics
