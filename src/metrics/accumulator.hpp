#pragma once
// Something that sees all rows of a sample once, from the highest score to the lowest, and then tells figures.

#include "metrics/descent.hpp"
#include "mf/metrics/figure.hpp"

namespace mf::metrics {

class Accumulator {
 public:
  Accumulator() = default;
  Accumulator(const Accumulator&) = delete;
  Accumulator& operator=(const Accumulator&) = delete;
  virtual ~Accumulator() = default;

  /// The next piece of the descent.
  virtual void take(const Piece& piece) = 0;

  /// Adds its figures; once, after the last piece.
  virtual void tell(Figures& figures) = 0;
};

}  // namespace mf::metrics
