#pragma once
// What the documents of a run say of one another, recomputed.

#include "factory/run_documents.hpp"
#include "factory/verification.hpp"
#include "mf/ledger/run_state.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// Checks every ref, digest, id and fingerprint that one of the documents holds of another, or of the run: one check
/// for each document. What names a document that is missing is not checked: that it is missing is told already.
void check_agreement(Verification& verification, const RunDocuments& all, const ledger::RunState& state,
                     const store::layout::RunPlace& run);

}  // namespace mf::factory
