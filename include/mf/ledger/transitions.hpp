#pragma once
// The states of a run, its events, and which event may happen where: one table.
//
// Room: ledger.  Pure.  docs/formats/ledger_event.v1.md tells each event's detail.

#include <optional>
#include <span>
#include <string_view>

namespace mf::ledger {

enum class State { none, queued, running, eval_ready, pass, fail, publish_pending, published };

/// What a running run is doing: the whole corridor, or nothing but publishing again.
enum class Mode { none, full, publish_only };

enum class Event {
  request_queued,
  request_aliased,
  cancel_requested,
  job_taken,
  lease_claimed,
  lease_renewed,
  lease_released,
  stage_started,
  stage_failed,
  plan_locked,
  run_started,
  model_trained,
  eval_ready,
  gate_pass,
  run_failed,
  bundle_packaged,
  publish_pending,
  publish_retry_requested,
  publish_retry_skipped,
  publish_retry_exhausted,
  bundle_published,
};

/// A row: in state `from` and mode `mode`, `event` leads to `to` and `to_mode`. What has no row is refused.
struct Transition {
  Event event;
  State from;
  Mode mode;
  State to;
  Mode to_mode;
};

std::span<const Transition> transition_table();

/// Where `event` leads, or nothing when it may not happen there.
const Transition* transition(State from, Mode mode, Event event);

std::string_view name_of(State state);
std::string_view name_of(Mode mode);
std::string_view name_of(Event event);
std::optional<Event> event_named(std::string_view name);

/// Whether an event may only be written by the claimant of the run.
bool needs_lease(Event event);

/// Whether an event takes a run further on its way: what nobody does any more once the run is to be canceled.
bool goes_on(Event event);

}  // namespace mf::ledger
