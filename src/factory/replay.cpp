#include <algorithm>
#include <set>

#include "factory/profile_check.hpp"
#include "factory/recomputation.hpp"
#include "factory/records.hpp"
#include "factory/run_place.hpp"
#include "factory/told_verdict.hpp"
#include "mf/contracts/profile_lock.hpp"
#include "mf/factory/stories.hpp"
#include "mf/gate/margin.hpp"
#include "mf/observability/printable.hpp"

namespace mf::factory {
namespace {

using contracts::GovernanceProfile;
using store::layout::RunPlace;

/// A run under the other policy.
struct Replayed {
  std::string run;
  std::string recorded;                    ///< the verdict that its receipt holds; empty without one
  std::optional<gate::Verdict> verdict{};  ///< the one that the other policy gives
  std::string note{};                      ///< why there is none
  std::optional<Error> failure{};          ///< of a run that may have evidence, which could not be judged
};

std::string word_of(const Replayed& run) { return run.verdict ? name_of(run.verdict->decision) : std::string(); }

/// Whether its model might be published with one policy, and not with the other.
bool flips(const Replayed& run) {
  return run.verdict && !run.recorded.empty() && (run.recorded == "PASS") != (word_of(run) == "PASS");
}

gate::Verdict judge_again(const Desk& desk, const ledger::RunState& state, const GovernanceProfile& policy) {
  const std::string& run = desk.run.run_key;
  const auto plan = recorded<contracts::ResolvedTrainPlan>(desk.store(), state, kPlan, run);
  const auto execution = recorded<contracts::ExecutionRecord>(desk.store(), state, kExecutionRecord, run);
  return judge_evaluation(policy, recompute(desk, state, plan, execution, policy).evaluation);
}

std::string recorded_verdict(const Desk& desk, const ledger::RunState& state) {
  if (state.find(kGateReceipt.name) == nullptr) return {};
  return verdict_in(recorded<contracts::GateReceipt>(desk.store(), state, kGateReceipt, desk.run.run_key));
}

void replay_into(Replayed& replayed, Workshop& workshop, const RunPlace& place, const GovernanceProfile& policy) {
  const auto state = ledger::RunLog(*workshop.artifacts, workshop.clock, place).read();
  const Desk desk{workshop, place};
  if (state.find(kEvalReport.name) == nullptr) {
    replayed.note = "no evidence: " + std::string(name_of(state.state));
    return;
  }
  replayed.recorded = recorded_verdict(desk, state);
  replayed.verdict = judge_again(desk, state, policy);
}

/// A run that cannot be judged is told as such, and keeps no other from being judged.
Replayed replay_one(Workshop& workshop, RunPlace place, const GovernanceProfile& policy) {
  Replayed replayed{place.run_key, {}};
  workshop.journal.detail("judging by another policy", {{"run", place.run_key}});
  try {
    if (place.platform_run_id.empty()) place = locate_run(*workshop.artifacts, place.run_key);
    replay_into(replayed, workshop, place, policy);
  } catch (const Error& error) {
    const Error told = observability::shortened(error);
    replayed.note = std::string(told.row().name) + ": " + told.message();
    replayed.failure = told;
  }
  return replayed;
}

/// Every run that has an anchor, as `mf runs` lists them.
std::vector<RunPlace> all_runs(const store::ArtifactStore& store) {
  std::vector<RunPlace> runs;
  for (const auto& key : store.list(store::layout::run_anchors())) {
    const std::string file = key.substr(key.rfind('/') + 1);
    runs.push_back({"", file.substr(0, file.rfind('.'))});
  }
  return runs;
}

/// What is named has to be there, else the name is wrong.
std::vector<RunPlace> named_runs(const store::ArtifactStore& store, const std::vector<RunPlace>& named) {
  std::set<std::string> seen;
  std::vector<RunPlace> runs;
  for (const auto& place : named) {
    if (!seen.insert(place.run_key).second) continue;
    if (store.list(store::layout::ledger_events(locate_run(store, place.run_key))).empty())
      throw Error(Code::RUN_NOT_FOUND, "run " + place.run_key + " was never recorded", {{"run", place.run_key}});
    runs.push_back(place);
  }
  return runs;
}

Figure number_or_none(const std::optional<double>& number) { return number ? Figure(*number) : Figure(std::string()); }

std::vector<Figure> row_of(const Replayed& run) {
  std::vector<Figure> row{run.run, run.recorded, word_of(run), flips(run)};
  const auto* decides = run.verdict ? gate::decisive(*run.verdict) : nullptr;
  const auto margin = decides != nullptr ? gate::margin_of(*decides) : std::nullopt;
  row.emplace_back(decides != nullptr ? name_of(*decides) : std::string());
  row.emplace_back(number_or_none(decides != nullptr ? gate::held_by(*decides) : std::nullopt));
  row.emplace_back(decides != nullptr ? Figure(decides->threshold) : Figure(std::string()));
  row.emplace_back(number_or_none(margin));
  row.emplace_back(decides != nullptr ? decides->reason : run.note);
  return row;
}

Table table_of(const std::vector<Replayed>& runs) {
  Table table{{"run", "recorded", "verdict", "flips", "criterion", "observed", "threshold", "margin", "note"}, {}};
  for (const auto& run : runs) table.rows.push_back(row_of(run));
  return table;
}

/// What happened, in numbers.
struct Tally {
  std::int64_t judged = 0, flips = 0, without_evidence = 0, failed = 0;
};

Tally tally_of(const std::vector<Replayed>& runs) {
  Tally tally;
  for (const auto& run : runs) {
    ++(run.verdict ? tally.judged : run.failure ? tally.failed : tally.without_evidence);
    if (flips(run)) ++tally.flips;
  }
  return tally;
}

std::string counted(std::int64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void tell_extent(const Tally& tally, const GovernanceProfile& policy, Result& result) {
  result.lines.push_back("judged " + counted(tally.judged, "run", "runs") + " by " + policy.policy_id + "@" +
                         policy.revision + ": " + counted(tally.flips, "verdict", "verdicts") +
                         " would flip; nothing was written");
  if (tally.without_evidence > 0)
    result.lines.push_back(counted(tally.without_evidence, "run has", "runs have") + " no evidence to judge");
  if (tally.failed > 0) result.lines.push_back(counted(tally.failed, "run", "runs") + " could not be judged");
}

void conclude(const std::vector<Replayed>& runs, const Tally& tally, Result& result) {
  const auto failed =
      std::find_if(runs.begin(), runs.end(), [](const Replayed& run) { return run.failure.has_value(); });
  if (tally.flips > 0) {
    result.outcome = "FLIPS";
    result.exit_status = 1;
  } else if (failed != runs.end()) {
    result.outcome = "INCOMPLETE";
    result.failure = failed->failure;
  } else {
    result.outcome = tally.judged > 0 ? "NO_FLIPS" : "NO_EVIDENCE";
  }
}

Result told(const std::vector<Replayed>& runs, const GovernanceProfile& policy, const std::string& digest) {
  const Tally tally = tally_of(runs);
  Result result;
  conclude(runs, tally, result);
  result.figures = {{"policy", policy.policy_id + "@" + policy.revision},
                    {"policy_digest", digest},
                    {"judged", tally.judged},
                    {"flips", tally.flips},
                    {"without_evidence", tally.without_evidence},
                    {"failed", tally.failed}};
  tell_extent(tally, policy, result);
  if (!runs.empty()) result.table = table_of(runs);
  return result;
}

}  // namespace

Result replay(Workshop& workshop, const ReplayChoices& choices) {
  const auto policy = read_usable_governance_profile(choices.policy, choices.policy_name);
  const auto digest =
      contracts::digest_of_document(choices.policy, contracts::syntax_of(choices.policy_name), choices.policy_name);
  const auto& store = *workshop.artifacts;
  std::vector<Replayed> runs;
  for (auto& place : choices.all ? all_runs(store) : named_runs(store, choices.runs))
    runs.push_back(replay_one(workshop, std::move(place), policy));
  std::stable_partition(runs.begin(), runs.end(), flips);
  return told(runs, policy, digest);
}

}  // namespace mf::factory
