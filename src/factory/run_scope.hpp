#pragma once
// For which platform runs an installation works, and in whose name.

#include <string>

#include "mf/factory/workshop.hpp"
#include "mf/ledger/attribution.hpp"

namespace mf::factory {

/// Throws RUN_SCOPE_INVALID when the profile of `workshop` requires another platform run than `platform_run_id`.
/// Nothing is worked on that is out of scope; looking at it is free.
void require_in_scope(const Workshop& workshop, const std::string& platform_run_id);

/// How this installation signs the events that it writes.
ledger::Attribution attribution_of(const Workshop& workshop);

}  // namespace mf::factory
