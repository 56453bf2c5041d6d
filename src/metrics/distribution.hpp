#pragma once
// How far the scores have moved from where another part had them.

#include <string>
#include <vector>

#include "metrics/accumulator.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

class StabilityIndex : public Accumulator {
 public:
  /// `reference` must outlive it; it is that of the part called `part`.
  StabilityIndex(std::string part, const ScoreDistribution& reference);
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

 private:
  std::string part_;
  const ScoreDistribution& reference_;
  std::vector<std::int64_t> rows_;  // by bin
  std::size_t bin_;                 // of the tie before
};

}  // namespace mf::metrics
