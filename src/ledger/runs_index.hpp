#pragma once
// What list_runs keeps between two calls: a summary of each run, and the marks that it holds for. Never the truth.
//
// A line of heading (format, digest of all that follows), a line with the place of the store, and a line for each run
// in the order of run keys, its fields separated by tabs.

#include <string>
#include <string_view>
#include <vector>

#include "mf/ledger/run_list.hpp"

namespace mf::ledger {

struct IndexedRun {
  RunSummary summary;
  std::string marks;  ///< of anchor, log and last event, when they were read
  bool operator==(const IndexedRun&) const = default;
};

/// The runs in `bytes`; none when anything in it is not as write_runs_index writes it for the store at `place`.
std::vector<IndexedRun> read_runs_index(std::string_view bytes, const std::string& place);

/// `runs`, which are in the order of run keys, as bytes. Those that a line cannot hold are left out.
std::string write_runs_index(const std::vector<IndexedRun>& runs, const std::string& place);

}  // namespace mf::ledger
