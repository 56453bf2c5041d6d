#include "mf/ledger/run_log.hpp"

#include <algorithm>
#include <mutex>

#include "ledger/ledger_record.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/event_bytes.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"

namespace mf::ledger {

using contracts::LedgerEvent;

struct RunLog::Impl {
  store::ArtifactStore& store;
  const Clock& clock;
  store::layout::RunPlace place;
  std::recursive_mutex mutex{};
  RunState state{};
  std::vector<LedgerEvent> events{};

  bool known_whole = false;
  bool known_sealed = false;

  /// Takes in the events that have come since.
  void refresh() {
    while (take_next()) {
    }
    if (!known_whole) require_whole();
    known_whole = true;
  }

  bool take_next() {
    const std::string key = store::layout::ledger_event(place, state.sequence + 1);
    const auto bytes = find_record(store, key);
    if (!bytes) return false;
    auto event = contracts::read_json<LedgerEvent>(*bytes, key);
    if (event.run_key != place.run_key) throw Error(Code::LEDGER_INVALID, key + " is of another run", {{"key", key}});
    // No later event vouches for the last one yet; at least it must be spelled as it is written.
    if (contracts::bytes_of(event) != *bytes)
      throw Error(Code::LEDGER_INVALID, key + " is not as it was written", {{"key", key}});
    state = advance(std::move(state), event, identity::sha256_hex(*bytes));
    events.push_back(std::move(event));
    return true;
  }

  /// A log that lost an event must not be taken for a shorter one, nor be written into.
  void require_whole() {
    const auto keys = store.list(store::layout::ledger(place));
    while (take_next()) {
    }
    const std::string missing = store::layout::ledger_event(place, state.sequence + 1);
    const std::string seal = store::layout::ledger_seal(place);
    for (const auto& key : keys)
      if (key > missing && key != seal)
        throw Error(Code::LEDGER_INVALID, missing + " is not there, and later events are", {{"key", missing}});
    if (std::find(keys.begin(), keys.end(), seal) != keys.end()) require_seal(find_record(store, seal));
  }

  void require_seal(const std::optional<std::string>& bytes) {
    const std::string key = store::layout::ledger_seal(place);
    if (!state.end)
      throw Error(Code::LEDGER_INVALID, key + " seals an end that the log of " + place.run_key + " does not have",
                  {{"ref", key}, {"events", std::to_string(state.sequence)}});
    if (bytes != contracts::write(seal()))
      throw Error(Code::LEDGER_INVALID, key + " does not seal the end of the log of " + place.run_key, {{"ref", key}});
    known_sealed = true;
  }

  [[nodiscard]] contracts::LedgerSeal seal() const {
    contracts::LedgerSeal seal;
    seal.run_key = place.run_key;
    seal.state = name_of(state.state);
    seal.terminal_class = name_of(state.end->terminal_class);
    seal.events = state.end->sequence;
    seal.last_event_sha256 = state.end->sha256;
    return seal;
  }

  [[nodiscard]] LedgerEvent next(Event event, const Detail& detail, const std::optional<std::string>& token) const {
    LedgerEvent document;
    document.run_key = place.run_key;
    document.sequence = state.sequence + 1;
    document.event = name_of(event);
    document.at_utc = to_string(clock.now());
    if (state.sequence > 0) document.previous_sha256 = state.last_sha256;
    document.lease_token = token;
    document.detail = detail;
    return document;
  }
};

RunLog::RunLog(store::ArtifactStore& store, const Clock& clock, store::layout::RunPlace place)
    : impl_(new Impl{store, clock, std::move(place)}) {}

RunLog::~RunLog() = default;

RunState RunLog::read() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->refresh();
  return impl_->state;
}

bool RunLog::try_append(Event event, const Detail& detail, const std::optional<std::string>& token) {
  const std::scoped_lock lock(impl_->mutex);
  if (transition(impl_->state.state, impl_->state.mode, event) == nullptr)
    throw Error(Code::INTERNAL,
                std::string(name_of(event)) + " may not happen in state " + std::string(name_of(impl_->state.state)),
                {{"run", impl_->place.run_key}, {"state", std::string(name_of(impl_->state.state))}});
  const LedgerEvent document = impl_->next(event, detail, token);
  const std::string key = store::layout::ledger_event(impl_->place, document.sequence);
  const auto put = impl_->store.put_if_absent(key, contracts::write(document));
  impl_->refresh();
  return put != store::ArtifactStore::Put::conflict;
}

RunState RunLog::append_leased(Event event, const Detail& detail, const std::string& token) {
  const std::scoped_lock lock(impl_->mutex);
  do {
    require_leased(token);
    if (goes_on(event)) require_wanted();
  } while (!try_append(event, detail, token));
  return impl_->state;
}

void RunLog::require_leased(const std::string& token) {
  const std::scoped_lock lock(impl_->mutex);
  impl_->refresh();
  const auto& lease = impl_->state.lease;
  if (!lease || lease->token != token)
    throw Error(Code::LEASE_LOST, "another process took over " + impl_->place.run_key + " meanwhile",
                {{"run", impl_->place.run_key}});
}

void RunLog::require_wanted() {
  const std::scoped_lock lock(impl_->mutex);
  if (impl_->state.must_end()) throw canceled(impl_->state, impl_->place.run_key);
}

void RunLog::seal() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->refresh();
  if (!impl_->state.end || impl_->known_sealed) return;
  const std::string key = store::layout::ledger_seal(impl_->place);
  if (impl_->store.put_if_absent(key, contracts::write(impl_->seal())) == store::ArtifactStore::Put::conflict)
    impl_->require_seal(find_record(impl_->store, key));
  impl_->known_sealed = true;
}

std::vector<LedgerEvent> RunLog::events() {
  const std::scoped_lock lock(impl_->mutex);
  impl_->refresh();
  return impl_->events;
}

const store::layout::RunPlace& RunLog::place() const { return impl_->place; }

const Clock& RunLog::clock() const { return impl_->clock; }

}  // namespace mf::ledger
