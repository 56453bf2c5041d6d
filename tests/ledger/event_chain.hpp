#pragma once
// A log of events made by hand, as the ledger writes it.

#include <string>
#include <vector>

#include "mf/contracts/document.hpp"
#include "mf/contracts/ledger_documents.hpp"
#include "mf/identity/digest.hpp"
#include "mf/ledger/run_state.hpp"

namespace mf::testing {

inline const std::string kRunKey = "tr_16a2ad9c3ad29e2e989ece1cb3c61936";
inline const std::string kToken(32, 'a');
inline const std::string kOtherToken(32, 'b');

class EventChain {
 public:
  /// The next event after those there are.
  [[nodiscard]] contracts::LedgerEvent next(ledger::Event event, ledger::Detail detail = {}) const {
    contracts::LedgerEvent document;
    document.run_key = kRunKey;
    document.sequence = state_.sequence + 1;
    document.event = ledger::name_of(event);
    document.at_utc = "2026-02-10T00:00:00Z";
    if (state_.sequence > 0) document.previous_sha256 = state_.last_sha256;
    if (ledger::needs_lease(event) || event == ledger::Event::lease_claimed) document.lease_token = kToken;
    document.detail = std::move(detail);
    if (event == ledger::Event::bundle_published) document.detail.try_emplace("terminal_class", "PUBLISHED");
    return document;
  }

  EventChain& then(const contracts::LedgerEvent& event) {
    state_ = ledger::advance(state_, event, identity::sha256_hex(contracts::write(event)));
    return *this;
  }
  EventChain& then(ledger::Event event, ledger::Detail detail = {}) { return then(next(event, std::move(detail))); }

  EventChain& queued() {
    return then(ledger::Event::request_queued,
                {{"request", "{}"}, {"request_id", "req-00001"}, {"request_payload_hash", "h1"}});
  }
  EventChain& claimed() {
    return then(ledger::Event::lease_claimed, {{"owner", "host/1/1"}, {"expires_at_utc", "2026-02-10T00:05:00Z"}});
  }

  [[nodiscard]] const ledger::RunState& state() const { return state_; }

 private:
  ledger::RunState state_;
};

}  // namespace mf::testing
