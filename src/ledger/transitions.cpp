#include "mf/ledger/transitions.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace mf::ledger {
namespace {

struct EventRow {
  Event event;
  std::string_view name;
  bool needs_lease;
  bool goes_on;
};

constexpr EventRow kEvents[] = {
    {Event::request_queued, "REQUEST_QUEUED", false, false},
    {Event::request_aliased, "REQUEST_ALIASED", false, false},
    {Event::cancel_requested, "CANCEL_REQUESTED", false, false},
    {Event::job_taken, "JOB_TAKEN", false, false},
    {Event::lease_claimed, "LEASE_CLAIMED", false, false},
    {Event::lease_renewed, "LEASE_RENEWED", true, false},
    {Event::lease_released, "LEASE_RELEASED", true, false},
    {Event::stage_started, "STAGE_STARTED", true, true},
    {Event::stage_failed, "STAGE_FAILED", true, false},
    {Event::plan_locked, "PLAN_LOCKED", true, true},
    {Event::run_started, "RUN_STARTED", true, true},
    {Event::model_trained, "MODEL_TRAINED", true, true},
    {Event::eval_ready, "EVAL_READY", true, true},
    {Event::gate_pass, "GATE_PASS", true, true},
    {Event::run_failed, "RUN_FAILED", true, false},
    {Event::bundle_packaged, "BUNDLE_PACKAGED", true, true},
    {Event::publish_pending, "PUBLISH_PENDING", true, false},
    {Event::publish_retry_requested, "PUBLISH_RETRY_REQUESTED", true, true},
    {Event::publish_retry_skipped, "PUBLISH_RETRY_SKIPPED", false, false},
    {Event::publish_retry_exhausted, "PUBLISH_RETRY_EXHAUSTED", true, false},
    {Event::bundle_published, "BUNDLE_PUBLISHED", true, true},
};

/// The moves. RUN_STARTED needs two rows: the state tells whether it starts the corridor or a publish-only retry.
constexpr Transition kMoves[] = {
    {Event::request_queued, State::none, Mode::none, State::queued, Mode::none},
    {Event::plan_locked, State::queued, Mode::none, State::queued, Mode::none},
    {Event::run_started, State::queued, Mode::none, State::running, Mode::full},
    {Event::model_trained, State::running, Mode::full, State::running, Mode::full},
    {Event::eval_ready, State::running, Mode::full, State::eval_ready, Mode::none},
    {Event::gate_pass, State::eval_ready, Mode::none, State::pass, Mode::none},
    {Event::run_failed, State::queued, Mode::none, State::fail, Mode::none},
    {Event::run_failed, State::running, Mode::full, State::fail, Mode::none},
    {Event::run_failed, State::running, Mode::publish_only, State::fail, Mode::none},
    {Event::run_failed, State::eval_ready, Mode::none, State::fail, Mode::none},
    {Event::run_failed, State::pass, Mode::none, State::fail, Mode::none},
    {Event::run_failed, State::publish_pending, Mode::none, State::fail, Mode::none},
    {Event::bundle_packaged, State::pass, Mode::none, State::pass, Mode::none},
    {Event::bundle_packaged, State::running, Mode::publish_only, State::running, Mode::publish_only},
    {Event::publish_pending, State::pass, Mode::none, State::publish_pending, Mode::none},
    {Event::publish_pending, State::running, Mode::publish_only, State::publish_pending, Mode::none},
    {Event::publish_retry_requested, State::publish_pending, Mode::none, State::publish_pending, Mode::none},
    {Event::publish_retry_exhausted, State::publish_pending, Mode::none, State::publish_pending, Mode::none},
    {Event::run_started, State::publish_pending, Mode::none, State::running, Mode::publish_only},
    {Event::bundle_published, State::pass, Mode::none, State::published, Mode::none},
    {Event::bundle_published, State::running, Mode::publish_only, State::published, Mode::none},
};

/// Events that leave the state as it is, wherever a run exists.
constexpr Event kAnywhere[] = {Event::request_aliased, Event::lease_claimed, Event::lease_renewed,
                               Event::lease_released,  Event::stage_started, Event::stage_failed};

/// Events that leave the state as it is, as long as the run has not ended.
constexpr Event kBeforeTheEnd[] = {Event::cancel_requested, Event::job_taken, Event::publish_retry_skipped};

constexpr State kOpen[] = {State::queued, State::running, State::eval_ready, State::pass, State::publish_pending};
constexpr State kOver[] = {State::fail, State::published};

void stay(std::vector<Transition>& table, std::span<const Event> events, std::span<const State> states) {
  for (const Event event : events)
    for (const State state : states)
      for (const Mode mode : {Mode::none, Mode::full, Mode::publish_only})
        if ((state == State::running) != (mode == Mode::none)) table.push_back({event, state, mode, state, mode});
}

std::vector<Transition> whole_table() {
  std::vector<Transition> table(std::begin(kMoves), std::end(kMoves));
  stay(table, kAnywhere, kOpen);
  stay(table, kAnywhere, kOver);
  stay(table, kBeforeTheEnd, kOpen);
  return table;
}

}  // namespace

std::span<const Transition> transition_table() {
  static const std::vector<Transition> kTable = whole_table();
  return kTable;
}

const Transition* transition(State from, Mode mode, Event event) {
  for (const auto& row : transition_table())
    if (row.event == event && row.from == from && row.mode == mode) return &row;
  return nullptr;
}

std::string_view name_of(State state) {
  constexpr std::array<std::string_view, 8> kNames = {"NONE", "QUEUED", "RUNNING",         "EVAL_READY",
                                                      "PASS", "FAIL",   "PUBLISH_PENDING", "PUBLISHED"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view name_of(Mode mode) {
  constexpr std::array<std::string_view, 3> kNames = {"NONE", "FULL", "PUBLISH_ONLY"};
  return kNames[static_cast<std::size_t>(mode)];
}

std::string_view name_of(Event event) { return kEvents[static_cast<std::size_t>(event)].name; }

std::optional<Event> event_named(std::string_view name) {
  for (const auto& row : kEvents)
    if (row.name == name) return row.event;
  return {};
}

bool needs_lease(Event event) { return kEvents[static_cast<std::size_t>(event)].needs_lease; }

bool goes_on(Event event) { return kEvents[static_cast<std::size_t>(event)].goes_on; }

}  // namespace mf::ledger
