#pragma once
// What list_runs keeps between two calls: a summary of each run, and the marks that it holds for. Never the truth.
//
// A line of heading (format, digest of all that follows), one with the place of the store, one with the mark of the
// folder of anchors, and one for each run in the order of run keys, its fields separated by tabs.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mf/ledger/run_list.hpp"

namespace mf::ledger {

struct IndexedRun {
  RunSummary summary;
  std::string anchor;  ///< the mark of its anchor, when that was read
  std::string log;     ///< the marks of its log, when that was read
  bool operator==(const IndexedRun&) const = default;
};

/// An index as it was kept; of no run when anything in it is not as write_runs_index wrote it for this store.
class RunsIndex {
 public:
  RunsIndex(std::string bytes, const std::string& place);
  RunsIndex(const RunsIndex&) = delete;
  RunsIndex& operator=(const RunsIndex&) = delete;

  [[nodiscard]] std::optional<IndexedRun> find(std::string_view run_key) const;
  [[nodiscard]] std::vector<std::string> run_keys() const;
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  /// The mark of the folder of anchors, if every run in it is here; else empty.
  [[nodiscard]] const std::string& anchors() const { return anchors_; }

 private:
  std::string bytes_;
  std::string anchors_;
  std::vector<std::string_view> lines_;  ///< of the runs, each beginning with its run key
};

/// The bytes that keep `runs`, which are in the order of run keys and, if `anchors` is not empty, all there are. Runs
/// that a line cannot hold are left out.
std::string write_runs_index(const std::vector<IndexedRun>& runs, const std::string& anchors, const std::string& place);

}  // namespace mf::ledger
