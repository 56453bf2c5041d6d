#pragma once
// A run made again from its locked plan, by the same stories, in a place of its own.

#include "factory/rebuild_store.hpp"
#include "factory/stage.hpp"
#include "mf/contracts/ledger_documents.hpp"

namespace mf::factory {

/// Makes `run` again, as far as `recorded` says that it came, into `place`; `first` is the first event of its log.
/// Inputs and plan are read anew from the workshop's store, in which nothing is written; the registry is left alone.
/// Returns where the rebuilt run is: a run whose gate says FAIL has no bundle, whatever was recorded. Throws what the
/// stories throw.
ledger::RunState rebuild(Workshop& workshop, const store::layout::RunPlace& run, const ledger::RunState& recorded,
                         const contracts::LedgerEvent& first, store::ArtifactStore& place);

}  // namespace mf::factory
