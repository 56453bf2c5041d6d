#pragma once
// The bundle of a run, verified: MF's own copy, and the registry's.

#include <vector>

#include "factory/run_documents.hpp"
#include "factory/stage.hpp"
#include "factory/verification.hpp"
#include "mf/contracts/ledger_documents.hpp"

namespace mf::factory {

/// Holds every member in MF's own copy against the manifest.
void check_own_bundle(Verification& verification, const Desk& desk, const contracts::BundleManifest& manifest);

/// Holds the registry's copy against what was handed over, and its lifecycle event against what `events` say of it.
void check_registry(Verification& verification, const Desk& desk, const ledger::RunState& state,
                    const contracts::BundleManifest& manifest, const std::vector<contracts::LedgerEvent>& events);

}  // namespace mf::factory
