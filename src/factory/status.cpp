#include "factory/budgets.hpp"
#include "factory/intent.hpp"
#include "factory/stage.hpp"
#include "mf/factory/stories.hpp"
#include "mf/ledger/holder.hpp"
#include "mf/ledger/run_log.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;
using ledger::State;

/// What to do next with a run in this state.
std::string next_command(const RunState& state, const std::string& run) {
  const std::string of_run = " --run " + run;
  switch (state.state) {
    case State::queued:
      return (state.find("plan") == nullptr ? "mf resolve" : "mf train") + of_run;
    case State::running:
      return (state.mode == ledger::Mode::publish_only ? "mf publish"
              : state.find("model") == nullptr         ? "mf train"
                                                       : "mf eval") +
             of_run;
    case State::eval_ready:
      return "mf gate" + of_run;
    case State::pass:
      return state.publish_allowed && !only_evaluates(state) ? "mf publish" + of_run : "";
    case State::publish_pending:
      return "mf publish" + of_run;
    default:
      return "";
  }
}

/// A run that is to be canceled goes nowhere but to its end; the reason given first stands.
std::string next_of(const RunState& state, const std::string& run) {
  return state.must_end() ? "mf cancel " + run + " --reason 'as ordered'" : next_command(state, run);
}

/// How often each stage was begun.
void tell_attempts(const RunState& state, const contracts::PlatformProfile& profile, Result& result) {
  std::string words;
  for (const auto& [stage, count] : state.attempts) {
    words += (words.empty() ? "" : ", ") + stage + " " + std::to_string(count);
    result.figures.emplace_back("attempts_" + stage, count);
  }
  const std::int64_t budget = stage_retry_budget(profile);
  result.figures.emplace_back("stage_retry_budget", budget);
  if (!words.empty()) result.lines.push_back("attempts, of " + std::to_string(budget) + " each: " + words);
}

void tell_publish_retries(const RunState& state, const contracts::PlatformProfile& profile, Result& result) {
  const std::int64_t budget = publish_retry_budget(profile);
  result.figures.emplace_back("publish_retries", state.publish_retries);
  result.figures.emplace_back("publish_retry_budget", budget);
  if (state.state != State::publish_pending && state.publish_retries == 0) return;
  result.lines.push_back("publish retries: " + std::to_string(state.publish_retries) + " of " + std::to_string(budget));
}

void tell_failure(const RunState& state, Result& result) {
  if (!state.failure) return;
  result.figures.emplace_back("last_failure", state.failure->code);
  result.figures.emplace_back("last_failure_stage", state.failure->stage);
  result.figures.emplace_back("last_failure_at", state.failure->at_utc);
  result.figures.emplace_back("last_failure_message", state.failure->message);
  result.figures.emplace_back("last_failure_fix", state.failure->hint);
  result.lines.push_back("last failure: " + state.failure->code + " in " + state.failure->stage + " at " +
                         state.failure->at_utc + ": " + state.failure->message);
  if (!state.failure->hint.empty()) result.lines.push_back("fix: " + state.failure->hint);
}

/// Whether the holder keeps others from the run.
std::string standing_of(const ledger::Holder& holder) {
  if (holder.gone) return "; that process is gone, so the next command takes the run over";
  if (holder.expired) return "; its lease ran out, so the next command takes the run over";
  return "";
}

/// How it ended, or that it is to end.
void tell_end(const RunState& state, Result& result) {
  if (state.end) {
    const std::string end(name_of(state.end->terminal_class));
    result.figures.emplace_back("terminal_class", end);
    result.lines.push_back("ended as " + end);
  }
  if (!state.cancellation) return;
  const auto& [principal, reason, at_utc] = *state.cancellation;
  result.figures.emplace_back("cancel_requested_by", principal);
  result.figures.emplace_back("cancel_reason", reason);
  result.figures.emplace_back("cancel_requested_at_utc", at_utc);
  result.lines.push_back("given up by " + principal + " at " + at_utc + ": " + reason);
}

void tell_holder(const std::optional<ledger::Holder>& holder, Result& result) {
  if (!holder) return;
  const std::string until = to_string(holder->until);
  result.figures.emplace_back("held_by", in_words(*holder));
  result.figures.emplace_back("held_since", holder->since_utc);
  result.figures.emplace_back("held_until", until);
  result.figures.emplace_back("holder_gone", holder->gone);
  result.figures.emplace_back("lease_expired", holder->expired);
  result.lines.push_back("held by " + in_words(*holder) + " since " + holder->since_utc + " until " + until +
                         standing_of(*holder));
}

}  // namespace

Result status(Workshop& workshop, const store::layout::RunPlace& run) {
  const auto state = ledger::RunLog(*workshop.artifacts, workshop.clock, run).read();
  require_known(state, run.run_key);
  auto result = result_of(state, run, std::string(name_of(state.state)));
  for (const auto& [name, record] : state.recorded) result.refs[name + "_ref"] = record.ref;
  result.figures = {{"since", state.since_utc},
                    {"events", state.sequence},
                    {"platform_run", run.platform_run_id},
                    {"requests", state.request_ids}};
  for (const auto& [name, value] : state.facts) result.figures.emplace_back(name, value);
  result.lines = {"since " + state.since_utc + ", platform run " + run.platform_run_id};
  tell_end(state, result);
  tell_holder(holder_of(state, workshop.clock.now()), result);
  tell_attempts(state, workshop.profile, result);
  tell_publish_retries(state, workshop.profile, result);
  tell_failure(state, result);
  result.next = next_of(state, run.run_key);
  return result;
}

}  // namespace mf::factory
