#pragma once
// `mf prove`: that a run holds together, and that the corridor refuses what it must.
//
// Room: factory.  docs/cli/prove.md. Neither needs a lease, and no ledger is written to.

#include "mf/factory/result.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// Resolves every ref and checks every digest from the manifests of `run` to the registry, inputs included, and looks
/// for what answers for the run beside the corridor. Leaves a continuity_proof.v1 in the run's folder; the same state
/// gives the same one. An empty `run.platform_run_id` is found out as verify does. Outcome PROVEN or NOT_PROVEN (exit
/// status 1). Throws RUN_NOT_FOUND, and what kept it from reading.
Result prove_continuity(Workshop& workshop, store::layout::RunPlace run);

/// Makes every mistake, failure and attack of the negative matrix in a scratch folder, which is gone afterwards, and
/// leaves a negative_proof.v1 in the store of `workshop`, which is not touched otherwise. Outcome PROVEN, or NOT_PROVEN
/// (exit status 1) when a case was answered with something else than it should be.
Result prove_refusals(Workshop& workshop);

}  // namespace mf::factory
