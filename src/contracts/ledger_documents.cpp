#include "mf/contracts/ledger_documents.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"
#include "mf/contracts/event_bytes.hpp"
#include "mf/identity/canonical_json.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, LedgerEvent& event) {
  visit("schema_version", event.schema_version);
  visit("run_key", event.run_key);
  visit("sequence", event.sequence);
  visit("event", event.event);
  visit("at_utc", event.at_utc);
  visit.nullable("previous_sha256", event.previous_sha256);
  visit.nullable("lease_token", event.lease_token);
  visit("detail", event.detail);
}

template <class V>
void describe(V& visit, LedgerSeal& seal) {
  visit("schema_version", seal.schema_version);
  visit("run_key", seal.run_key);
  visit("state", seal.state);
  visit("terminal_class", seal.terminal_class);
  visit("events", seal.events);
  visit("last_event_sha256", seal.last_event_sha256);
}

template <class V>
void describe(V& visit, RequestAlias& alias) {
  visit("schema_version", alias.schema_version);
  visit("request_id", alias.request_id);
  visit("run_key", alias.run_key);
  visit("platform_run_id", alias.platform_run_id);
}

template <class V>
void describe(V& visit, RunAnchor& anchor) {
  visit("schema_version", anchor.schema_version);
  visit("run_key", anchor.run_key);
  visit("train_run_key", anchor.train_run_key);
  visit("platform_run_id", anchor.platform_run_id);
}

std::string bytes_of(const LedgerEvent& event) { return identity::canonical_json(to_value(event)) + "\n"; }

MF_DOCUMENT(LedgerEvent)
MF_DOCUMENT(LedgerSeal)
MF_DOCUMENT(RequestAlias)
MF_DOCUMENT(RunAnchor)

}  // namespace mf::contracts
