#pragma once
// What the events of one run have to tell others: governance facts, audits of refs, control facts, and counts.
//
// Room: observability.  Pure: the same events give the same lines, whoever derives them and however often.
// docs/formats/governance_fact.v1.md and control_fact.v1.md list which event gives which line.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mf/contracts/ledger_documents.hpp"

namespace mf::observability {

/// One line for others: canonical JSON without a line feed, secrets taken out.
struct SignalLine {
  std::string at_utc;    ///< when it happened, with six fractional digits: the order of texts is that of time
  std::string event_id;  ///< the same for the same event of the ledger
  std::string text;
  auto operator<=>(const SignalLine&) const = default;
};

/// Counts over any number of runs.
struct Tally {
  std::map<std::string, std::int64_t> counters;    ///< by name: counter_names
  std::map<std::string, std::int64_t> anomalies;   ///< by code
  std::map<std::string, std::int64_t> categories;  ///< of anomalies, by category
  std::map<std::string, std::int64_t> refs;        ///< protected refs by how reading them ended: RESOLVED, DENIED
  std::string newest_utc;                          ///< time of the newest event, as in SignalLine; empty without any
  std::string last_success_utc;                    ///< when a bundle was published last; empty when none was
  bool operator==(const Tally&) const = default;

  void add(const Tally& other);
};

/// What one run has to tell, each list in the order of its events.
struct RunSignals {
  std::vector<SignalLine> governance;  ///< lifecycle facts and anomalies
  std::vector<SignalLine> audits;      ///< of protected refs that were read, or were to be
  std::vector<SignalLine> control;     ///< for the platform's bus
  Tally tally;
  bool operator==(const RunSignals&) const = default;
};

/// Derives them from all events of a run of `platform_run_id`, in their order; they must be those of a sound log.
/// Throws REQUEST_INVALID when the log holds no request that can be read.
RunSignals signals_of(const std::string& platform_run_id, const std::vector<contracts::LedgerEvent>& events);

/// The names of the counters that runs give, in the order they are told.
const std::vector<std::string>& counter_names();

/// An instant of a ledger, an RFC 3339 text, in UTC with six fractional digits.
std::string with_six_digits(const std::string& at_utc);

}  // namespace mf::observability
