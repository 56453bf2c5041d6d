#pragma once
// The phases of a run as OpenLineage tells them, so that a catalogue can draw what was made from what.
//
// Room: observability.  Pure.  OpenLineage 2-0-2; docs/cli/export.md says what of it is used.

#include <string>
#include <vector>

#include "mf/contracts/ledger_documents.hpp"
#include "mf/observability/signals.hpp"

namespace mf::observability {

/// Where the keys of a store lie, as OpenLineage names data sets: `file` and a path, or s3://bucket and a key.
struct DatasetSpace {
  std::string name_space;
  std::string prefix;  ///< before every key
};

/// The space of the store at `place`: a folder, or s3://bucket[/prefix].
DatasetSpace dataset_space(const std::string& place);

/// One START and one end for each attempt at a phase of the run with these events, in their order. An attempt that is
/// still open, or that nobody has found dead yet, has no end. Throws as signals_of.
std::vector<SignalLine> lineage_of(const std::string& platform_run_id,
                                   const std::vector<contracts::LedgerEvent>& events, const DatasetSpace& space);

/// The platform run that a line of lineage_of is about; empty for any other text.
std::string platform_run_of_lineage(const std::string& line);

}  // namespace mf::observability
