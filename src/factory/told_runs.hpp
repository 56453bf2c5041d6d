#pragma once
// What the runs of platform runs have to tell, read on all cores.

#include <map>
#include <string>
#include <vector>

#include "factory/signals_index.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/observability/summaries.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// The runs of a store by platform run. A run whose anchor cannot be read is of none that is known.
struct KnownRuns {
  std::map<std::string, std::vector<std::string>> by_platform_run;  ///< run keys, in their order
  std::vector<observability::UnreadableRun> without_place;
};

/// Reads the anchors of all runs. With a cache, only those that it does not hold. Throws what is transient.
KnownRuns known_runs(Workshop& workshop);

/// What the runs of one platform run have to tell.
struct ToldRuns {
  std::vector<ToldRun> runs;  ///< by run key
  std::vector<observability::UnreadableRun> unreadable;
};

/// Reads, on so many threads, the logs of `run_keys`, which are of `platform_run_id`. With a cache, only those that are
/// not as they were. One damaged log makes one unreadable run. Throws what is transient.
ToldRuns told_runs(Workshop& workshop, const std::string& platform_run_id, const std::vector<std::string>& run_keys,
                   bool with_lineage, int threads);

}  // namespace mf::factory
