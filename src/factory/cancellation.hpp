#pragma once
// What a stage does about a run that was given up.

#include "factory/stage.hpp"

namespace mf::factory {

/// Throws RUN_CANCELED when the run is to be canceled and its bundle is not in the registry. A bundle that got there
/// stays there: then the run is finished, not canceled. Throws REGISTRY_UNAVAILABLE when that cannot be found out.
void heed_cancellation(const Stage& stage, const ledger::RunState& state);

}  // namespace mf::factory
