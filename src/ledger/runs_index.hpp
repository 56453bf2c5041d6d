#pragma once
// What list_runs keeps between two calls: a summary of each run, and the marks that it holds for. Never the truth.
//
// A line of heading (format, digest of all that follows), a line with the place of the store, and a line for each run
// in the order of run keys, its fields separated by tabs.

#include <optional>
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

class RunsIndex {
 public:
  /// The index in `bytes`: of no run when anything in it is not as write_runs_index wrote it for the store at `place`.
  RunsIndex(std::string bytes, const std::string& place);
  RunsIndex(const RunsIndex&) = delete;
  RunsIndex& operator=(const RunsIndex&) = delete;

  [[nodiscard]] std::optional<IndexedRun> find(std::string_view run_key) const;
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

 private:
  std::string bytes_;
  std::vector<std::string_view> lines_;  ///< of the runs, each beginning with its run key
};

/// `runs`, which are in the order of run keys, as bytes. Those that a line cannot hold are left out.
std::string write_runs_index(const std::vector<IndexedRun>& runs, const std::string& place);

}  // namespace mf::ledger
