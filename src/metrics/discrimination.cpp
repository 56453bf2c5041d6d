#include "metrics/discrimination.hpp"

#include "metrics/compensated_sum.hpp"
#include "metrics/figure.hpp"

namespace mf::metrics {
namespace {

// Counted in halves and in integers, so it is exact; room for 4 billion rows.
std::int64_t half_wins(const Ranking& ranking) {
  std::int64_t halves = 0;
  std::int64_t negatives_below = ranking.negatives();
  Descent descent(ranking);
  while (const auto tied = descent.next()) {
    negatives_below -= tied->negatives;
    halves += tied->positives * (2 * negatives_below + tied->negatives);
  }
  return halves;
}

}  // namespace

Figure roc_auc(const Ranking& ranking) {
  if (ranking.rows() == 0) return undefined(kNoRows);
  if (ranking.positives() == 0) return undefined(kNoFraud);
  if (ranking.negatives() == 0) return undefined(kNoLegitimate);
  return defined(ratio(half_wins(ranking), 2 * ranking.positives() * ranking.negatives()));
}

Figure average_precision(const Ranking& ranking) {
  if (ranking.rows() == 0) return undefined(kNoRows);
  if (ranking.positives() == 0) return undefined(kNoFraud);
  CompensatedSum precisions;
  std::int64_t alerts = 0, hits = 0;
  Descent descent(ranking);
  while (const auto tied = descent.next()) {
    alerts += tied->rows();
    hits += tied->positives;
    if (tied->positives > 0) precisions.add(static_cast<double>(tied->positives) * ratio(hits, alerts));
  }
  return defined(precisions.value() / static_cast<double>(ranking.positives()));
}

Figure roc_auc(std::span<const float> scores, std::span<const std::uint8_t> labels) {
  return roc_auc(Ranking(scores, labels));
}

}  // namespace mf::metrics
