#pragma once
// SIGINT and SIGTERM.

#include "mf/factory/stop_request.hpp"

namespace mf::cli {

/// From now on the first SIGINT or SIGTERM asks a stage at work to stop where the run can go on. The second one, or one
/// that comes while no stage is at work, ends the process at once, as it always did. A signal that the caller had
/// ignored stays ignored.
factory::StopRequest& heed_stop_signals();

}  // namespace mf::cli
