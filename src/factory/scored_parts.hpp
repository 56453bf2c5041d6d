#pragma once
// Scored rows as the room that computes figures takes them.

#include <array>

#include "mf/dataset/scored_rows.hpp"
#include "mf/metrics/ranked_part.hpp"

namespace mf::factory {

/// As kEvaluatedParts.
using RankedParts = std::array<metrics::RankedPart, dataset::kEvaluatedParts.size()>;

/// The parts of `rows`, ranked one after another; each gives back its keys when it is done.
RankedParts ranked(dataset::ScoredRowsFile rows);

}  // namespace mf::factory
