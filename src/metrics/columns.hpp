#pragma once
// What rows must be before a figure is computed from them.

#include "mf/metrics/ranked_part.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

/// Throws INTERNAL if a column has another length than the scores, a score is NaN, a label is not 0 or 1, or an entity
/// or a slice code has no such index.
void require_whole_columns(const RankedPart& part);

/// Throws INTERNAL unless the columns are whole, the scores never rise, and they are in [0,1] where they are
/// probabilities, or finite.
void require_ranked(const RankedPart& part, bool probabilities);

/// Throws INTERNAL if a k, a rate, beta, a cost or the threshold is out of range.
void require_sound(const EvaluationSettings& settings);

}  // namespace mf::metrics
