#include "mf/ledger/transitions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace mf::ledger {
namespace {

using Position = std::pair<State, Mode>;

const std::vector<State> kStates = {State::none, State::queued, State::running,         State::eval_ready,
                                    State::pass, State::fail,   State::publish_pending, State::published};
const std::vector<Mode> kModes = {Mode::none, Mode::full, Mode::publish_only};

std::vector<Event> every_event() {
  std::vector<Event> events;
  for (int i = 0; i <= static_cast<int>(Event::bundle_published); ++i) events.push_back(static_cast<Event>(i));
  return events;
}

std::set<Position> reachable_from(const Position& start) {
  std::set<Position> reached = {start};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& row : transition_table())
      if (reached.contains({row.from, row.mode})) grew |= reached.insert({row.to, row.to_mode}).second;
  }
  return reached;
}

TEST(TransitionTable, GivesEachEventOneOutcomeInEachPlace) {
  std::set<std::tuple<State, Mode, Event>> seen;
  for (const auto& row : transition_table())
    EXPECT_TRUE(seen.insert({row.from, row.mode, row.event}).second)
        << name_of(row.event) << " in " << name_of(row.from);
}

TEST(TransitionTable, ReachesEveryState) {
  const auto reached = reachable_from({State::none, Mode::none});
  for (const State state : kStates) {
    const bool found = std::any_of(reached.begin(), reached.end(), [&](const Position& p) { return p.first == state; });
    EXPECT_TRUE(found) << name_of(state);
  }
  EXPECT_TRUE(reached.contains({State::running, Mode::full}));
  EXPECT_TRUE(reached.contains({State::running, Mode::publish_only}));
}

TEST(TransitionTable, HasAModeExactlyWhileRunning) {
  for (const auto& row : transition_table()) {
    EXPECT_EQ(row.from == State::running, row.mode != Mode::none) << name_of(row.event);
    EXPECT_EQ(row.to == State::running, row.to_mode != Mode::none) << name_of(row.event);
  }
}

TEST(TransitionTable, NeverTrainsOrEvaluatesAgainOncePublishing) {
  for (const Position& start :
       {Position{State::running, Mode::publish_only}, Position{State::publish_pending, Mode::none}}) {
    const auto reached = reachable_from(start);
    EXPECT_FALSE(reached.contains({State::eval_ready, Mode::none}));
    EXPECT_FALSE(reached.contains({State::running, Mode::full}));
    EXPECT_FALSE(reached.contains({State::queued, Mode::none}));
  }
  EXPECT_EQ(transition(State::running, Mode::publish_only, Event::eval_ready), nullptr);
  EXPECT_EQ(transition(State::running, Mode::publish_only, Event::gate_pass), nullptr);
  EXPECT_EQ(transition(State::running, Mode::publish_only, Event::model_trained), nullptr);
}

TEST(TransitionTable, LeavesFailAndPublishedForGood) {
  for (const State over : {State::fail, State::published})
    EXPECT_EQ(reachable_from({over, Mode::none}), (std::set<Position>{{over, Mode::none}})) << name_of(over);
}

TEST(TransitionTable, PassesTheGateOnlyAfterAnEvaluation) {
  for (const auto& row : transition_table()) {
    if (row.from == row.to) continue;
    EXPECT_TRUE(row.to != State::pass || row.from == State::eval_ready) << name_of(row.from);
    EXPECT_TRUE(row.to != State::published || row.from == State::pass || row.mode == Mode::publish_only)
        << name_of(row.from);
  }
}

TEST(TransitionTable, StartsWithNothingButARequest) {
  for (const Event event : every_event())
    EXPECT_EQ(transition(State::none, Mode::none, event) != nullptr, event == Event::request_queued) << name_of(event);
}

TEST(TransitionTable, CanFailFromEveryStateThatIsNotOver) {
  for (const Position& at : {Position{State::queued, Mode::none}, Position{State::running, Mode::full},
                             Position{State::running, Mode::publish_only}, Position{State::eval_ready, Mode::none},
                             Position{State::pass, Mode::none}, Position{State::publish_pending, Mode::none}}) {
    const auto* move = transition(at.first, at.second, Event::run_failed);
    ASSERT_NE(move, nullptr) << name_of(at.first);
    EXPECT_EQ(move->to, State::fail);
  }
}

TEST(TransitionTable, RecordsAliasesLeasesAndStagesWhereverARunExists) {
  for (const Event event : {Event::request_aliased, Event::lease_claimed, Event::lease_renewed, Event::lease_released,
                            Event::stage_started, Event::stage_failed})
    for (const State state : kStates) {
      const Mode mode = state == State::running ? Mode::full : Mode::none;
      const auto* move = transition(state, mode, event);
      ASSERT_EQ(move != nullptr, state != State::none) << name_of(event) << " in " << name_of(state);
      EXPECT_TRUE(move == nullptr || (move->to == state && move->to_mode == mode)) << name_of(event);
    }
}

TEST(TransitionTable, RecordsCancellationsAndSkippedRetriesUntilTheEnd) {
  for (const Event event : {Event::cancel_requested, Event::publish_retry_skipped})
    for (const State state : kStates) {
      const Mode mode = state == State::running ? Mode::publish_only : Mode::none;
      const auto* move = transition(state, mode, event);
      const bool open = state != State::none && state != State::fail && state != State::published;
      ASSERT_EQ(move != nullptr, open) << name_of(event) << " in " << name_of(state);
      EXPECT_TRUE(move == nullptr || (move->to == state && move->to_mode == mode)) << name_of(event);
    }
}

TEST(GoesOn, IsWhatMovesARunTowardsItsPublication) {
  for (const auto& row : transition_table()) {
    const bool onwards = row.to != State::queued && row.to != State::fail && row.to != State::publish_pending;
    EXPECT_TRUE(row.to == row.from || !onwards || goes_on(row.event)) << name_of(row.event);
  }
  for (const Event event : {Event::run_failed, Event::stage_failed, Event::cancel_requested, Event::lease_claimed,
                            Event::lease_released, Event::request_aliased, Event::publish_pending})
    EXPECT_FALSE(goes_on(event)) << name_of(event);
}

TEST(Names, AreReadBack) {
  std::set<std::string_view> names;
  for (const Event event : every_event()) {
    EXPECT_EQ(event_named(name_of(event)), event);
    names.insert(name_of(event));
  }
  EXPECT_EQ(names.size(), every_event().size());
  EXPECT_EQ(event_named("request_queued"), std::nullopt);
  EXPECT_EQ(event_named(""), std::nullopt);
}

TEST(Names, AreThoseOfTheWire) {
  EXPECT_EQ(name_of(State::publish_pending), "PUBLISH_PENDING");
  EXPECT_EQ(name_of(State::eval_ready), "EVAL_READY");
  EXPECT_EQ(name_of(Mode::publish_only), "PUBLISH_ONLY");
  EXPECT_EQ(name_of(Event::run_started), "RUN_STARTED");
}

TEST(NeedsLease, SparesOnlyWhatComesBeforeAClaim) {
  const std::set<Event> spared = {Event::request_queued,   Event::request_aliased, Event::lease_claimed,
                                  Event::cancel_requested, Event::job_taken,       Event::publish_retry_skipped};
  for (const Event event : every_event()) EXPECT_EQ(needs_lease(event), !spared.contains(event)) << name_of(event);
}

}  // namespace
}  // namespace mf::ledger
