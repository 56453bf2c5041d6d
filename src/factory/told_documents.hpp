#pragma once
// The documents of an evaluated run, as a report tells of them.

#include "mf/factory/workshop.hpp"
#include "mf/ledger/run_state.hpp"
#include "mf/report/documents.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// Reads them, each held against the digest in the log. Throws STAGE_MISSING when the run is not evaluated yet, the
/// code of a document that is missing or changed, and GATE_INVALID for a verdict on another evaluation.
report::Documents told_documents(const Workshop& workshop, const ledger::RunState& state,
                                 const store::layout::RunPlace& run);

}  // namespace mf::factory
