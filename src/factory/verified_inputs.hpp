#pragma once
// The inputs that a plan locked, verified.

#include "factory/registered_bundle.hpp"
#include "factory/verification.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// Re-reads and re-hashes manifests, materialisations, every data file, both profiles, and the bundles of the registry
/// that the plan refers to.
void check_inputs(Verification& verification, const store::ArtifactStore& store,
                  const contracts::ResolvedTrainPlan& plan, const OpenRegistry& open_registry);

}  // namespace mf::factory
