#pragma once
// A publication that was tried, and is to be tried again.

#include "mf/ledger/run_state.hpp"

namespace mf::factory {

/// Whether the publication of the run is pending, or is being tried again.
inline bool is_pending(const ledger::RunState& state) {
  return state.state == ledger::State::publish_pending || state.mode == ledger::Mode::publish_only;
}

}  // namespace mf::factory
