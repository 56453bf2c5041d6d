#pragma once
// The documents of an evaluated run, as a report tells of them.

#include <optional>
#include <string>

#include "factory/records.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/ledger/run_state.hpp"
#include "mf/report/documents.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// The document that the log vouches for; nothing when it has none of the kind yet. Throws as recorded.
template <class T>
std::optional<T> recorded_if_any(const store::ArtifactStore& store, const ledger::RunState& state,
                                 const RecordKind& kind, const std::string& run) {
  if (state.find(kind.name) == nullptr) return {};
  return recorded<T>(store, state, kind, run);
}

/// Reads them, each held against the digest in the log. Throws STAGE_MISSING when the run is not evaluated yet, the
/// code of a document that is missing or changed, and GATE_INVALID for a verdict on another evaluation.
report::Documents told_documents(const Workshop& workshop, const ledger::RunState& state,
                                 const store::layout::RunPlace& place);

}  // namespace mf::factory
