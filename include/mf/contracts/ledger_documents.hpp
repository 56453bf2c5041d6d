#pragma once
// The documents that the ledger is made of.
//
// Room: contracts.  docs/formats/ledger_event.v1.md, request_alias.v1.md, run_anchor.v1.md.

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
