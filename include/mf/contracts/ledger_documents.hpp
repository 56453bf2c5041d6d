#pragma once
// The documents that the ledger is made of.
//
// Room: contracts.  docs/formats/ledger_event.v1.md, ledger_seal.v1.md, request_alias.v1.md, run_anchor.v1.md.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace mf::contracts {

/// One event of a run. Number N of the log is the document <N>.json; it carries the digest of number N-1.
struct LedgerEvent {
  std::string schema_version = "mf.ledger_event.v1";
  std::string run_key;
  std::int64_t sequence = 0;                   ///< from 1
  std::string event;                           ///< a name of mf/ledger/transitions.hpp
  std::string at_utc;                          ///< when it was recorded; circumstance
  std::optional<std::string> previous_sha256;  ///< of the bytes of event N-1; null for the first
  std::optional<std::string> lease_token;      ///< of the claim it was written under, if it needs one
  std::map<std::string, std::string> detail;   ///< what it is about: refs, digests, reasons
};

/// How a run ended, and how long its log was then; written once, right after the event that ended it. Without it a log
/// that lost its last events would look like one that has not come that far.
struct LedgerSeal {
  std::string schema_version = "mf.ledger_seal.v1";
  std::string run_key;
  std::string state;              ///< FAIL or PUBLISHED
  std::string terminal_class;     ///< a name of mf/ledger/terminal_class.hpp
  std::int64_t events = 0;        ///< the number of the event that ended the run
  std::string last_event_sha256;  ///< of the bytes of that event
};

/// Which run a request id stands for; written once for each request id.
struct RequestAlias {
  std::string schema_version = "mf.request_alias.v1";
  std::string request_id, run_key, platform_run_id;
};

/// Where a run lives; written once for each run, so that a run id alone finds it.
struct RunAnchor {
  std::string schema_version = "mf.run_anchor.v1";
  std::string run_key, train_run_key, platform_run_id;
};

}  // namespace mf::contracts
