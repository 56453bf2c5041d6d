#include <algorithm>

#include "factory/stage.hpp"
#include "mf/error.hpp"
#include "mf/factory/stories.hpp"
#include "mf/ledger/run_list.hpp"
#include "mf/ledger/transitions.hpp"

namespace mf::factory {
namespace {

using ledger::RunSummary;

/// What the column of states may say.
std::vector<std::string> known_states() {
  using ledger::State;
  std::vector<std::string> names;
  for (const State state : {State::none, State::queued, State::running, State::eval_ready, State::pass, State::fail,
                            State::publish_pending, State::published})
    names.emplace_back(ledger::name_of(state));
  names.emplace_back(ledger::kUnreadable);
  return names;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

/// Messages quote what was given, and that may be of any length.
std::string quoted(const std::string& word) { return "'" + word.substr(0, 64) + "'"; }

std::string suggestion(const std::string& word, const std::vector<std::string>& candidates) {
  const auto near = near_miss(word, candidates);
  return near ? "; did you mean " + *near + "?" : "";
}

void require_state(const std::string& state) {
  const auto known = known_states();
  if (std::find(known.begin(), known.end(), state) != known.end()) return;
  throw Error(Code::USAGE, "--state " + quoted(state) + " is no state of a run" + suggestion(state, known), {},
              "States are " + listed(known) + ".");
}

void require_code(const std::string& code) {
  if (code.empty() || code == kGateFail || find_code(code) != nullptr) return;
  std::vector<std::string> known{kGateFail};
  for (const auto& row : code_table()) known.emplace_back(row.name);
  throw Error(Code::USAGE, "--failed-with " + quoted(code) + " is no code of a failure" + suggestion(code, known), {},
              "Give GATE_FAIL, for runs that their gate refused, or a code that `mf explain` lists.");
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Before every instant where the run tells none.
std::int64_t since_of(const RunSummary& run) {
  const auto time = parse_utc(run.since_utc);
  return time ? time->microseconds : INT64_MIN;
}

bool fits(const RunSummary& run, const RunFilter& filter) {
  if (!filter.states.empty() && !holds(filter.states, run.state)) return false;
  if (!filter.platform_run_id.empty() && run.platform_run_id != filter.platform_run_id) return false;
  if (!filter.failed_with.empty() && run.failure_code != filter.failed_with) return false;
  return filter.since.empty() || since_of(run) >= parse_utc(filter.since).value().microseconds;
}

/// Newest change first; what cannot be read, and so tells no time, before all others.
void sort_by_since(std::vector<RunSummary>& runs) {
  struct Place {
    bool readable;
    std::int64_t before;
    std::size_t at;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> order;
  for (std::size_t i = 0; i < runs.size(); ++i)
    order.push_back({runs[i].state != ledger::kUnreadable, -(since_of(runs[i]) + 1), i});
  std::sort(order.begin(), order.end());
  std::vector<RunSummary> sorted;
  sorted.reserve(runs.size());
  for (const Place& place : order) sorted.push_back(std::move(runs[place.at]));
  runs = std::move(sorted);
}

Table table_of(std::vector<RunSummary>& runs) {
  Table table{{"run", "state", "since", "last_failure", "platform_run", "intent", "requests"}, {}};
  table.rows.reserve(runs.size());
  for (auto& run : runs) {
    auto& row = table.rows.emplace_back();
    row.reserve(table.columns.size());
    for (std::string* cell :
         {&run.run_key, &run.state, &run.since_utc, &run.failure_code, &run.platform_run_id, &run.intent_kind})
      row.emplace_back(std::move(*cell));
    row.emplace_back(std::move(run.request_ids));
  }
  return table;
}

void warn_of_unreadable(const std::vector<RunSummary>& runs, observability::Journal& journal) {
  const auto is_unreadable = [](const RunSummary& run) { return run.state == ledger::kUnreadable; };
  const auto first = std::find_if(runs.begin(), runs.end(), is_unreadable);
  if (first == runs.end()) return;
  const auto count = std::count_if(first, runs.end(), is_unreadable);
  journal.warn((count == 1 ? "1 run" : std::to_string(count) + " runs") + " cannot be read; " + first->run_key + ": " +
               first->failure_code + ": " + first->fault);
}

}  // namespace

void require_sensible(const RunFilter& filter) {
  for (const auto& state : filter.states) require_state(state);
  require_code(filter.failed_with);
  if (!filter.since.empty() && !parse_utc(filter.since))
    throw Error(Code::USAGE, "--since " + quoted(filter.since) + " is no instant", {},
                "Write date, time and offset, such as 2026-02-10T00:00:00Z.");
  if (filter.limit && *filter.limit < 1)
    throw Error(Code::USAGE, "--limit must be at least 1", {}, "Leave --limit out to list every run.");
}

Result list_runs(Workshop& workshop, const RunFilter& filter) {
  auto runs = ledger::list_runs(*workshop.artifacts, workshop.clock, workshop.cache ? &*workshop.cache : nullptr);
  const std::size_t in_store = runs.size();
  warn_of_unreadable(runs, workshop.journal);
  std::erase_if(runs, [&](const RunSummary& run) { return !fits(run, filter); });
  const std::size_t fitting = runs.size();
  sort_by_since(runs);
  if (filter.limit && static_cast<std::size_t>(*filter.limit) < runs.size())
    runs.resize(static_cast<std::size_t>(*filter.limit));

  Result result;
  result.outcome = runs.empty() ? "NO_RUNS" : "RUNS";
  result.figures = {{"in_store", static_cast<std::int64_t>(in_store)}, {"fitting", static_cast<std::int64_t>(fitting)}};
  if (runs.size() < fitting) result.lines.push_back("and " + std::to_string(fitting - runs.size()) + " more");
  if (in_store == 0) result.lines.emplace_back("this store holds no runs yet");
  if (in_store > 0 && fitting == 0)
    result.lines.push_back("none of the " + std::to_string(in_store) + " runs in this store fits");
  if (in_store == 0) result.next = "mf run REQUEST";
  if (!runs.empty()) result.table = table_of(runs);
  return result;
}

}  // namespace mf::factory
