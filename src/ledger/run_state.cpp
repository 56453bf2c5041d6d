#include "mf/ledger/run_state.hpp"

#include <algorithm>

namespace mf::ledger {
namespace {

using contracts::LedgerEvent;

constexpr std::string_view kRefSuffix = "_ref";
constexpr std::string_view kContextPrefix = "context_";

[[noreturn]] void refuse(const LedgerEvent& event, const std::string& why) {
  throw Error(Code::LEDGER_INVALID, "event " + std::to_string(event.sequence) + " of " + event.run_key + " " + why,
              {{"run", event.run_key}, {"sequence", std::to_string(event.sequence)}});
}

std::string at(const Detail& detail, const std::string& name) {
  const auto member = detail.find(name);
  return member == detail.end() ? std::string() : member->second;
}

Event known_event(const LedgerEvent& event) {
  const auto known = event_named(event.event);
  if (!known) refuse(event, "is of an unknown kind");
  return *known;
}

void require_continues(const RunState& state, const LedgerEvent& event) {
  if (event.sequence != state.sequence + 1) refuse(event, "is out of order");
  if (event.previous_sha256.value_or("") != state.last_sha256) refuse(event, "does not continue the event before it");
}

void require_leased(const RunState& state, const LedgerEvent& event, Event kind) {
  if (!needs_lease(kind)) return;
  if (!state.lease || state.lease->token != event.lease_token.value_or(""))
    refuse(event, "was written without the lease");
}

void take_lease(RunState& state, const LedgerEvent& event, Event kind) {
  const auto expires = parse_utc(at(event.detail, "expires_at_utc"));
  if (!expires) refuse(event, "claims a lease without an end");
  const std::string since = kind == Event::lease_renewed ? state.lease->since_utc : event.at_utc;
  state.lease = Lease{event.lease_token.value_or(""), at(event.detail, "owner"), *expires, since};
}

void take_request(RunState& state, const Detail& detail) {
  state.payload_hashes.push_back(at(detail, "request_payload_hash"));
  state.request_ids.push_back(at(detail, "request_id"));
  if (at(detail, "publish_allowed") == "true") state.publish_allowed = true;
}

void take_failure(RunState& state, const LedgerEvent& event) {
  LastFailure failure{at(event.detail, "stage"),
                      at(event.detail, "code"),
                      at(event.detail, "message"),
                      at(event.detail, "hint"),
                      event.at_utc,
                      {}};
  for (const auto& [name, value] : event.detail)
    if (name.starts_with(kContextPrefix)) failure.context[name.substr(kContextPrefix.size())] = value;
  state.failure = std::move(failure);
}

/// Every pair <name>_ref and <name>_sha256 of a detail is an artifact that the log now vouches for.
void take_recorded(RunState& state, const Detail& detail) {
  for (const auto& [name, ref] : detail) {
    if (!name.ends_with(kRefSuffix)) continue;
    const std::string artifact = name.substr(0, name.size() - kRefSuffix.size());
    const std::string sha256 = at(detail, artifact + "_sha256");
    if (!sha256.empty()) state.recorded[artifact] = {ref, sha256};
  }
}

void take_facts(RunState& state, const Detail& detail) {
  for (const char* name : {"bundle_id", "bundle_version", "gate_decision", "publication_status", "input_fingerprint",
                           "registry_bundle_submission_sha256", "registry_bundle_publication_sha256"})
    if (detail.contains(name)) state.facts[name] = detail.at(name);
}

void take_cancellation(RunState& state, const LedgerEvent& event) {
  if (!state.cancellation)
    state.cancellation = {at(event.detail, "principal"), at(event.detail, "reason"), event.at_utc};
}

void take_end(RunState& state, const LedgerEvent& event, const std::string& sha256) {
  const auto terminal_class = terminal_class_named(at(event.detail, "terminal_class"));
  const bool published = state.state == State::published;
  if (!terminal_class || (*terminal_class == TerminalClass::published) != published)
    refuse(event, "does not say how the run ended");
  state.end = {*terminal_class, event.sequence, sha256};
}

void take_detail(RunState& state, const LedgerEvent& event, Event kind) {
  switch (kind) {
    case Event::request_queued:
      state.request = at(event.detail, "request");
      take_request(state, event.detail);
      break;
    case Event::request_aliased:
      take_request(state, event.detail);
      break;
    case Event::cancel_requested:
      take_cancellation(state, event);
      break;
    case Event::job_taken:
      state.taken_jobs.emplace(at(event.detail, "request_id"), event.sequence);
      break;
    case Event::lease_claimed:
    case Event::lease_renewed:
      take_lease(state, event, kind);
      break;
    case Event::lease_released:
      state.lease.reset();
      break;
    case Event::stage_started:
      ++state.attempts[at(event.detail, "stage")];
      break;
    case Event::publish_retry_requested:
      ++state.publish_retries;
      break;
    case Event::stage_failed:
    case Event::publish_pending:
    case Event::publish_retry_exhausted:
    case Event::run_failed:
      take_failure(state, event);
      break;
    case Event::run_started:
    case Event::publish_retry_skipped:
      break;
    default:
      state.failure.reset();
      break;
  }
  take_recorded(state, event.detail);
  take_facts(state, event.detail);
}

}  // namespace

const Recorded* RunState::find(const std::string& name) const {
  const auto found = recorded.find(name);
  return found == recorded.end() ? nullptr : &found->second;
}

Error canceled(const RunState& state, const std::string& run_key) {
  const auto& [principal, reason, at_utc] = *state.cancellation;
  return {Code::RUN_CANCELED,
          "run " + run_key + " was canceled by " + principal + ": " + reason,
          {{"run", run_key}, {"principal", principal}, {"reason", reason}, {"requested_at_utc", at_utc}}};
}

RunState advance(RunState state, const LedgerEvent& event, const std::string& sha256) {
  const Event kind = known_event(event);
  require_continues(state, event);
  require_leased(state, event, kind);
  if (state.must_end() && goes_on(kind)) refuse(event, event.event + " goes on with a run that was to be canceled");
  const Transition* move = transition(state.state, state.mode, kind);
  if (move == nullptr) refuse(event, event.event + " may not happen in state " + std::string(name_of(state.state)));
  if (move->to != state.state || move->to_mode != state.mode) state.since_utc = event.at_utc;
  state.state = move->to;
  state.mode = move->to_mode;
  state.sequence = event.sequence;
  state.last_sha256 = sha256;
  take_detail(state, event, kind);
  if (state.is_over() && !state.end) take_end(state, event, sha256);
  return state;
}

}  // namespace mf::ledger
