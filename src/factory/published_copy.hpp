#pragma once
// What a published run left in the registry.

#include "factory/stage.hpp"

namespace mf::factory {

/// Holds the registry's copy of a published bundle against what was handed over. A registry that does not answer takes
/// nothing back: success is sticky.
/// Throws PUBLISH_CONFLICT when a file of the bundle has other bytes, EVIDENCE_UNRESOLVED when one is gone.
void require_published_copy(const Desk& desk, const ledger::RunState& state);

}  // namespace mf::factory
