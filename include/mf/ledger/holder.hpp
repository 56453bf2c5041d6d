#pragma once
// Who holds a run, for people.
//
// Room: ledger.

#include <optional>
#include <string>

#include "mf/ledger/run_state.hpp"
#include "mf/time.hpp"

namespace mf::ledger {

/// The process that a lease names. A lease that ran out, or whose process is gone, keeps nobody from the run.
struct Holder {
  std::string pid;        ///< in its own host and pid namespace; empty where the lease names none
  std::string boot_id;    ///< of its host
  std::string since_utc;  ///< when it claimed the run
  UtcTime until;          ///< when its lease runs out, unless renewed
  bool here = false;      ///< of this host and pid namespace, so that it can be looked for
  bool gone = false;      ///< looked for, and not there any more
  bool expired = false;   ///< the lease ran out
};

/// The holder of a run in `state`; nothing when no lease stands.
std::optional<Holder> holder_of(const RunState& state, UtcTime now);

/// Such as "process 4711 of this host".
std::string in_words(const Holder& holder);

}  // namespace mf::ledger
