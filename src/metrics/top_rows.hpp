#pragma once
// The k rows with the highest scores, ties at the boundary broken by subject key, ascending bytes.

#include "metrics/ranking.hpp"
#include "mf/metrics/scored_part.hpp"

namespace mf::metrics {

/// What the highest rows of a part hold.
struct TopRows {
  std::int64_t rows = 0;  ///< k, or all rows when the part has fewer
  std::int64_t frauds = 0;
  float lowest_score = 0;  ///< meaningless when there are no rows
};

/// `ranking` is that of `part`. The keys are looked at only when the boundary runs through rows that tie.
TopRows top_rows(const ScoredPart& part, const Ranking& ranking, std::int64_t k);

}  // namespace mf::metrics
