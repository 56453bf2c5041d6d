#pragma once
// What is known of a run at each of its events: who acts, for which request, on what, and how far the run has come.

#include <map>
#include <string>
#include <vector>

#include "mf/contracts/ledger_documents.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::observability {

/// Who wrote an event, and under what. Logs of older releases tell less: empty is not known.
struct Agent {
  std::string actor_id, source_type;
  std::string service_release_id, environment, run_config_digest;
};

/// A protected ref that was read, or was to be.
struct ReadRef {
  std::string ref_type, ref_id, purpose, status, reason_code;
};

/// An artifact or document whose bytes an event vouches for.
struct Vouched {
  std::string name, ref, sha256;
};

/// How far a run has come.
struct Progress {
  bool started = false, evaluated = false, decided = false;  ///< trained, evaluated, judged or ended
};

struct Standing {
  explicit Standing(std::string platform_run) : platform_run_id(std::move(platform_run)) {}

  std::string platform_run_id, run_key;
  contracts::TrainBuildRequest request;  ///< the first one
  std::string input_fingerprint;         ///< empty before the plan
  std::vector<std::string> scenario_run_ids;
  std::string bundle_id, bundle_version;
  std::string status;  ///< the state of the run
  Progress progress;
  bool is_pending = false;                  ///< a publication is still to be tried again
  std::map<std::string, Vouched> recorded;  ///< what the log vouches for, by name
  Agent agent;                              ///< of the event taken last

  /// Goes on by `event`.
  void take(const contracts::LedgerEvent& event);

 private:
  std::map<std::string, Agent> claims_;  ///< by lease token

  void take_request(const contracts::LedgerEvent& event);
  void take_agent(const contracts::LedgerEvent& event);
  void take_progress(const contracts::LedgerEvent& event);
};

/// A value of the detail of `event`; empty when it has none of that name.
const std::string& at(const contracts::LedgerEvent& event, const std::string& name);

/// What `event` vouches for.
std::vector<Vouched> artifacts_of(const contracts::LedgerEvent& event);

/// The protected refs that `event` tells of.
std::vector<ReadRef> refs_read_by(const contracts::LedgerEvent& event);

/// The code of the failure that `event` tells: one of the table, or GATE_FAIL; UNKNOWN for any other word, and empty
/// when it tells none.
std::string failure_code(const contracts::LedgerEvent& event);

}  // namespace mf::observability
