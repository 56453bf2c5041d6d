#pragma once
// A run, examined: everything that its log vouches for, and what its documents say of one another.

#include <vector>

#include "factory/run_documents.hpp"
#include "factory/stage.hpp"
#include "factory/verification.hpp"
#include "mf/contracts/ledger_documents.hpp"

namespace mf::factory {

/// A run under examination: what was read of its log and documents, and what was found so far.
struct Examined {
  Workshop& workshop;
  store::layout::RunPlace run;
  Verification verification;
  ledger::RunState state{};
  std::vector<contracts::LedgerEvent> events{};
  RunDocuments documents{};
  std::size_t unrecorded = 0;  ///< files of attempts that ended before they were recorded
  bool inputs = false;         ///< whether what the plan locked is read too

  [[nodiscard]] store::ArtifactStore& store() const { return *workshop.artifacts; }
  [[nodiscard]] Desk desk() const { return {workshop, run}; }
};

/// Finds out where the run is and examines it, in the order of the corridor. Nothing is written. Against a log that is
/// itself damaged nothing can be held. `run.platform_run_id` stays empty when only a damaged anchor leads to it, which
/// is then the one difference. Throws RUN_NOT_FOUND.
Examined examine(Workshop& workshop, store::layout::RunPlace run, bool inputs);

/// The identity that the request of a run gives it.
contracts::RequestIdentity identity_in(const ledger::RunState& state);

}  // namespace mf::factory
