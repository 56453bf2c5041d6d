#pragma once
// The evaluation of a run, computed again from the scored rows that it recorded.

#include "factory/evaluation.hpp"
#include "factory/stage.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::factory {

struct Recomputation {
  Evaluation evaluation;
  contracts::ArtifactRef scored_rows;  ///< what it was computed from
};

/// What `policy` needs of the run is computed too, whatever its report says. Reads only. Throws the codes of scored
/// rows that are gone or changed, of a training profile that is, and what evaluate_rows throws.
Recomputation recompute(const Desk& desk, const ledger::RunState& state, const contracts::ResolvedTrainPlan& plan,
                        const contracts::ExecutionRecord& execution, const contracts::GovernanceProfile& policy);

}  // namespace mf::factory
