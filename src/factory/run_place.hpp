#pragma once
// Where a run lies, found even when its anchor is damaged or gone.

#include <string>

#include "mf/store/artifact_store.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

/// The place of `run_key`: from its anchor; where that leads to no event log, from any request id that stands for the
/// run. Throws RUN_NOT_FOUND when nothing leads to it, and what the anchor's reading throws when only a damaged anchor
/// does.
store::layout::RunPlace locate_run(const store::ArtifactStore& store, const std::string& run_key);

}  // namespace mf::factory
