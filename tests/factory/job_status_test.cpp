#include "factory/job_status.hpp"

#include <gtest/gtest.h>

namespace mf::factory {
namespace {

using ledger::Mode;
using ledger::RunState;
using ledger::State;
using ledger::TerminalClass;

/// A run in a state, of an intent that trains.
RunState in(State state, Mode mode = Mode::none, bool publish_allowed = true) {
  RunState run;
  run.state = state;
  run.mode = mode;
  run.publish_allowed = publish_allowed;
  return run;
}

RunState ended_as(TerminalClass end) {
  auto run = in(end == TerminalClass::published ? State::published : State::fail);
  run.end = ledger::End{end, 9, ""};
  return run;
}

/// The word for a job that took the run up, and for one that did not; empty while there is work to do.
std::pair<std::string, std::string> words_of(const RunState& run) {
  const auto word = [&](bool taken) {
    const auto status = status_of(run, taken);
    return status ? std::string(name_of(*status)) : std::string();
  };
  return {word(true), word(false)};
}

using Words = std::pair<std::string, std::string>;

TEST(StatusOfJob, IsItsOwnWhereItTookTheRunUpAndAnOlderOneElse) {
  EXPECT_EQ(words_of(ended_as(TerminalClass::published)), Words("DONE", "ALREADY_PUBLISHED"));
  EXPECT_EQ(words_of(ended_as(TerminalClass::failed_gates)), Words("GATE_FAIL", "ALREADY_FAIL"));
  for (const auto end : {TerminalClass::rejected_inputs, TerminalClass::failed_conflict, TerminalClass::canceled})
    EXPECT_EQ(words_of(ended_as(end)), Words("FAILED", "ALREADY_FAIL")) << name_of(end);
}

TEST(StatusOfJob, IsPendingForAsLongAsNobodyPublishesAgain) {
  EXPECT_EQ(words_of(in(State::publish_pending)), Words("PUBLISH_PENDING", "ALREADY_PUBLISH_PENDING"));
  EXPECT_EQ(words_of(in(State::running, Mode::publish_only)), Words("PUBLISH_PENDING", "ALREADY_PUBLISH_PENDING"));
}

TEST(StatusOfJob, OfARunThatPassedDependsOnWhetherItMayBePublished) {
  EXPECT_EQ(words_of(in(State::pass, Mode::none, false)), Words("PASS_NO_PUBLISH", "ALREADY_PASS"));
  EXPECT_EQ(words_of(in(State::pass, Mode::none, true)), Words("", "")) << "it goes on to publish";
}

TEST(StatusOfJob, IsNoneWhileTheCorridorGoesOn) {
  for (const auto& run : {in(State::queued), in(State::running, Mode::full), in(State::eval_ready)})
    EXPECT_EQ(words_of(run), Words("", "")) << name_of(run.state);
}

}  // namespace
}  // namespace mf::factory
