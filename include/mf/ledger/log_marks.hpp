#pragma once
// Whether the logs of runs are what they were, told without reading them.
//
// Room: ledger.

#include <cstdint>
#include <string>
#include <vector>

#include "mf/store/artifact_store.hpp"
#include "mf/store/layout.hpp"

namespace mf::ledger {

/// A log, and how many events it had when it was read.
struct LogThen {
  store::layout::RunPlace place;
  std::int64_t events = 0;
};

/// A word for each of `logs`: while it stays the same, so does the log, but for what somebody edits in place in an
/// earlier event. Empty where the store cannot tell. Taken before the log is read, it holds for what was read.
std::vector<std::string> log_marks(const store::ArtifactStore& store, const std::vector<LogThen>& logs);

/// The same for one log that is there now, as long as it is now.
LogThen log_now(const store::ArtifactStore& store, const store::layout::RunPlace& place);

/// A word for each of the anchors of `run_keys`: that the run is of the platform run that it was of.
std::vector<std::string> anchor_marks(const store::ArtifactStore& store, const std::vector<std::string>& run_keys);

/// The run keys of all anchors there are, in their order.
std::vector<std::string> anchored_runs(const store::ArtifactStore& store);

}  // namespace mf::ledger
