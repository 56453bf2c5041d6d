#pragma once
// What the bytes of a result should not depend on: kept so that a difference can be explained.

#include "mf/contracts/training_evidence.hpp"
#include "mf/factory/workshop.hpp"

namespace mf::factory {

/// Libraries, release, configuration, build, processor and threads of this process. Throws ENGINE_FAILED when the
/// engine cannot be loaded.
contracts::ExecutionRecord::Circumstance circumstance_of(const Workshop& workshop);

}  // namespace mf::factory
