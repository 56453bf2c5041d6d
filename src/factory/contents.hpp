#pragma once
// What a run's artifacts say, circumstance left out: what has to be the same however often the run is made.

#include <optional>
#include <string>
#include <vector>

#include "factory/records.hpp"

namespace mf::factory {

/// One artifact of a run.
struct Content {
  const RecordKind* kind;
  ledger::Recorded record;
  std::string text;    ///< a document without its circumstance; empty for the model and the scored rows
  std::string digest;  ///< of the text, or of the bytes where there is no text
};

/// The artifacts that `state` names, in the order of the corridor, from the model to the bundle's publication. The
/// documents are read from `store`, and throw what recorded_bytes throws; the model and the scored rows are not opened:
/// their digests are what the log says.
std::vector<Content> contents_of(const store::ArtifactStore& store, const ledger::RunState& state,
                                 const std::string& run);

}  // namespace mf::factory
