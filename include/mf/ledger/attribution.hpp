#pragma once
// Who writes an event, and under which configuration.
//
// Room: ledger.

#include <string>

#include "mf/ledger/run_state.hpp"

namespace mf::ledger {

/// What the events of one process have in common. Circumstance: no verdict and no name depends on it.
struct Attribution {
  std::string actor_id;            ///< SYSTEM::<service> or HUMAN::<id>; empty: nothing is said
  std::string source_type;         ///< SYSTEM or HUMAN
  std::string service_release_id;  ///< of the installation
  std::string environment;
  std::string run_config_digest;
};

/// Adds to `detail` who and under what: actor_id, actor_source_type, service_release_id, environment,
/// run_config_digest. docs/formats/ledger_event.v1.md.
void attribute(Detail& detail, const Attribution& by);

}  // namespace mf::ledger
