#pragma once
// What an analyst gets who looks at the highest scores only: precision and recall of the top k, or of a share of all
// rows.

#include "metrics/ranking.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

/// `ranking` is that of `part`. Throws INTERNAL unless k is positive.
TopK top_k(const ScoredPart& part, const Ranking& ranking, std::int64_t k);

/// `ranking` is that of `part`. Throws INTERNAL unless 0 < rate <= 1.
AlertRate alert_rate(const ScoredPart& part, const Ranking& ranking, double rate);

}  // namespace mf::metrics
