#pragma once
// Whether the threshold treats groups alike: the false positive rates of the values of a slice column.

#include <vector>

#include "metrics/accumulator.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

class GroupFalsePositives : public Accumulator {
 public:
  /// The settings have a threshold. `column` is one of the slice columns of the part.
  GroupFalsePositives(const RankedPart& part, const SliceColumn& column, const EvaluationSettings& settings);
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

 private:
  struct Group {
    std::int64_t rows = 0, legitimate = 0, false_alarms = 0;
  };

  const RankedPart& part_;
  const SliceColumn& column_;
  double threshold_;
  std::int64_t least_rows_;
  std::vector<Group> groups_;  // by code
};

}  // namespace mf::metrics
