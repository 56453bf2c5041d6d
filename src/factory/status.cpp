#include <algorithm>

#include "factory/stage.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/ledger_documents.hpp"
#include "mf/error.hpp"
#include "mf/factory/stories.hpp"
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
      return state.publish_allowed ? "mf publish" + of_run : "";
    case State::publish_pending:
      return "mf publish" + of_run;
    default:
      return "";
  }
}

std::string attempts_in_words(const RunState& state) {
  std::string words;
  for (const auto& [stage, count] : state.attempts)
    words += (words.empty() ? "" : ", ") + stage + " " + std::to_string(count);
  return words;
}

void tell_failure(const RunState& state, Result& result) {
  if (!state.failure) return;
  result.figures.emplace_back("last_failure", state.failure->code);
  result.lines.push_back("last failure: " + state.failure->code + " in " + state.failure->stage + " at " +
                         state.failure->at_utc + ": " + state.failure->message);
  if (!state.failure->hint.empty()) result.lines.push_back("fix: " + state.failure->hint);
}

void tell_holder(const RunState& state, const Clock& clock, Result& result) {
  if (!state.lease || state.lease->expires <= clock.now()) return;
  result.lines.push_back("held by " + state.lease->owner + " until " + to_string(state.lease->expires));
}

}  // namespace

Result status(Workshop& workshop, const store::layout::RunPlace& run) {
  const auto state = ledger::RunLog(*workshop.artifacts, workshop.clock, run).read();
  require_known(state, run.run_key);
  Result result;
  result.outcome = name_of(state.state);
  result.run = run.run_key;
  result.identity = contracts::identity_of(contracts::read_recorded_request(state.request));
  for (const auto& [name, record] : state.recorded) result.refs[name + "_ref"] = record.ref;
  result.figures = {
      {"since", state.changed_at_utc}, {"events", state.sequence}, {"publish_retries", state.publish_retries}};
  for (const auto& [stage, count] : state.attempts) result.figures.emplace_back("attempts_" + stage, count);
  if (state.end) result.figures.emplace_back("terminal_class", std::string(name_of(state.end->terminal_class)));
  for (const auto& [name, value] : state.facts) result.figures.emplace_back(name, value);
  result.lines = {"since " + state.changed_at_utc + ", platform run " + run.platform_run_id};
  if (!state.attempts.empty()) result.lines.push_back("attempts: " + attempts_in_words(state));
  tell_holder(state, workshop.clock, result);
  tell_failure(state, result);
  result.next = next_command(state, run.run_key);
  return result;
}

Result list_runs(Workshop& workshop) {
  struct Row {
    std::string run, state, since;
  };
  std::vector<Row> rows;
  for (const auto& key : workshop.artifacts->list(store::layout::run_anchors())) {
    const auto anchor = contracts::read_json<contracts::RunAnchor>(workshop.artifacts->find(key).value_or(""), key);
    const auto state =
        ledger::RunLog(*workshop.artifacts, workshop.clock, {anchor.platform_run_id, anchor.run_key}).read();
    rows.push_back({anchor.run_key, std::string(name_of(state.state)), state.changed_at_utc});
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.since > b.since; });
  Result result;
  result.outcome = rows.empty() ? "NO_RUNS" : "RUNS";
  for (const auto& row : rows) {
    result.figures.emplace_back(row.run, row.state);
    result.lines.push_back(row.run + "  " + row.state + "  " + row.since);
  }
  if (rows.empty()) result.lines.emplace_back("this store holds no runs yet");
  if (rows.empty()) result.next = "mf run REQUEST";
  return result;
}

}  // namespace mf::factory
