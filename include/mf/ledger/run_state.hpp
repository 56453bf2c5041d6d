#pragma once
// Where a run is: the fold of its event log.
//
// Room: ledger.  Pure: the same events give the same state, wherever they are read.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/ledger_documents.hpp"
#include "mf/error.hpp"
#include "mf/ledger/terminal_class.hpp"
#include "mf/ledger/transitions.hpp"
#include "mf/time.hpp"

namespace mf::ledger {

/// What an event is about, by name.
using Detail = std::map<std::string, std::string>;

/// Who works on a run, and until when nobody else may.
struct Lease {
  std::string token;
  std::string owner;  ///< a process: src/ledger/process.hpp
  UtcTime expires;
  std::string since_utc;  ///< when the run was claimed
};

/// An artifact or document that the log vouches for.
struct Recorded {
  std::string ref;
  std::string sha256;  ///< of the bytes
};

/// The failure recorded last; gone when a later step succeeded.
struct LastFailure {
  std::string stage, code, message, hint, at_utc;
  std::map<std::string, std::string> context;
};

/// That somebody gave the run up: who, why and when.
struct Cancellation {
  std::string principal, reason, at_utc;
};

/// How and with which event a run ended.
struct End {
  TerminalClass terminal_class = TerminalClass::published;
  std::int64_t sequence = 0;
  std::string sha256;  ///< of the event's bytes
};

struct RunState {
  State state = State::none;
  Mode mode = Mode::none;
  std::int64_t sequence = 0;                       ///< number of the last event
  std::string last_sha256;                         ///< digest of the last event's bytes
  std::string since_utc;                           ///< when it came to this state
  std::string request;                             ///< the first request, as JSON: the one the run is made from
  bool publish_allowed = false;                    ///< whether any request for this run allows publishing
  std::vector<std::string> payload_hashes;         ///< of every request seen for this run
  std::vector<std::string> request_ids;            ///< of every request seen for this run
  std::map<std::string, std::int64_t> taken_jobs;  ///< by request id of the job: the event that says so
  std::optional<Lease> lease;
  std::map<std::string, Recorded> recorded;      ///< by name, such as model or eval_report
  std::map<std::string, std::int64_t> attempts;  ///< by stage
  std::int64_t publish_retries = 0;
  std::optional<LastFailure> failure;
  std::optional<Cancellation> cancellation;  ///< the first one asked for
  std::optional<End> end;
  std::map<std::string, std::string> facts;  ///< bundle_id, bundle_version, gate_decision, ... as recorded

  [[nodiscard]] bool is_over() const { return state == State::fail || state == State::published; }

  /// Whether the bundle may be in the registry already, although the log does not say so.
  [[nodiscard]] bool may_be_out() const { return !is_over() && facts.contains("bundle_id"); }

  /// Whether the run has to end for having been canceled. A publication that may be out is not called back.
  [[nodiscard]] bool must_end() const { return cancellation && !is_over() && !may_be_out(); }

  [[nodiscard]] const Recorded* find(const std::string& name) const;
};

/// RUN_CANCELED, with who gave `run_key` up, why and when. Its state must carry a cancellation.
Error canceled(const RunState& state, const std::string& run_key);

/// The state after `event`, whose bytes have the digest `sha256`.
/// Throws LEDGER_INVALID when the event is out of order, of another run, does not continue the chain, was written under
/// a stale lease token, may not happen in this state, or goes on with a run that was to be canceled.
RunState advance(RunState state, const contracts::LedgerEvent& event, const std::string& sha256);

}  // namespace mf::ledger
