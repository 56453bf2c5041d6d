#pragma once
// How one criterion comes out.
//
// Room: gate.

#include "mf/gate/judge.hpp"

namespace mf::gate {

/// The least that a criterion asks of its rows.
struct LeastSupport {
  std::int64_t rows = 0, frauds = 0;
};

/// Puts what was observed, the outcome and its reason into `result`, which says already what is asked: metric, part,
/// slice, comparison, bound and threshold.
void rule(contracts::CriterionResult& result, const LeastSupport& least, const Observation& observed);
void rule(contracts::CriterionResult& result, const LeastSupport& least, const PairedObservation& observed);

}  // namespace mf::gate
