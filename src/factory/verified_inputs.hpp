#pragma once
// The inputs that a plan locked, verified.

#include "factory/verification.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// Re-reads and re-hashes manifests, materialisations, every data file, and both profiles.
void check_inputs(Verification& verification, const store::ArtifactStore& store,
                  const contracts::ResolvedTrainPlan& plan);

}  // namespace mf::factory
