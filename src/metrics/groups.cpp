#include "metrics/groups.hpp"

#include <algorithm>

#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

Figure lowest_to_highest(const std::vector<double>& rates) {
  if (rates.size() < 2) return undefined("fewer than two groups have the legitimate rows that it takes");
  const auto [lowest, highest] = std::ranges::minmax(rates);
  return highest > 0 ? defined(lowest / highest) : undefined("no group has a false alarm");
}

}  // namespace

GroupFalsePositives::GroupFalsePositives(const RankedPart& part, const SliceColumn& column,
                                         const EvaluationSettings& settings)
    : part_(part),
      column_(column),
      threshold_(*settings.threshold),
      least_rows_(settings.support.rows),
      groups_(column.values.size()) {}

void GroupFalsePositives::take(const Piece& piece) {
  for (const CountedRow& row : piece.rows) {
    Group& group = groups_[column_.codes[row.row]];
    group.rows += row.times;
    if (part_.labels[row.row] != 0) continue;
    group.legitimate += row.times;
    if (static_cast<double>(part_.scores[row.row]) >= threshold_) group.false_alarms += row.times;
  }
}

void GroupFalsePositives::tell(Figures& figures) {
  std::vector<double> rates;
  for (const Group& group : groups_)
    if (group.legitimate > 0 && group.rows >= least_rows_) rates.push_back(ratio(group.false_alarms, group.legitimate));
  figures["fpr_ratio_" + column_.name] = lowest_to_highest(rates);
}

}  // namespace mf::metrics
