#pragma once
// `mf doctor`: is this installation fit to work?
//
// Room: factory.

#include <string>

#include "mf/factory/result.hpp"
#include "mf/observability/journal.hpp"
#include "mf/time.hpp"

namespace mf::factory {

/// Checks profile, store, registry (both written to and read back), engine and machine. Outcome HEALTHY, or UNHEALTHY
/// with exit status 1 and a line for each finding. Leaves one small probe file in each root.
Result examine(const std::string& profile_path, const Clock& clock, observability::Journal& journal);

}  // namespace mf::factory
