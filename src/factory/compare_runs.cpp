#include <algorithm>

#include "factory/profile_check.hpp"
#include "factory/records.hpp"
#include "factory/run_place.hpp"
#include "factory/stage.hpp"
#include "factory/told_documents.hpp"
#include "mf/contracts/document.hpp"
#include "mf/factory/presentation.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/report/difference.hpp"

namespace mf::factory {
namespace {

using contracts::ResolvedTrainPlan;
using report::RunFacts;

/// The content of a profile as it was locked; nothing, and a line that says so, where it has changed or is gone.
std::optional<std::string> content_of(std::string (*locked_bytes)(const store::ArtifactStore&,
                                                                  const ResolvedTrainPlan&),
                                      const store::ArtifactStore& store, const RunFacts& run, const std::string& ref,
                                      Result& result) {
  try {
    const std::string bytes = locked_bytes(store, run.plan);
    return contracts::syntax_of(ref) == contracts::Syntax::json ? contracts::canonical_form_of_json(bytes, ref)
                                                                : contracts::canonical_form_of_yaml(bytes, ref);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    result.lines.push_back("not compared: " + ref + " is not there as " + run.run_key + " locked it (" +
                           std::string(error.row().name) + ")");
    return {};
  }
}

RunFacts facts_of(Workshop& workshop, store::layout::RunPlace place, Result& result) {
  if (place.platform_run_id.empty()) place = locate_run(*workshop.artifacts, place.run_key);
  const auto state = ledger::RunLog(*workshop.artifacts, workshop.clock, place).read();
  require_known(state, place.run_key);
  const auto& store = *workshop.artifacts;
  const std::string& run = place.run_key;
  RunFacts facts;
  facts.run_key = run;
  facts.state = name_of(state.state);
  facts.plan = recorded<ResolvedTrainPlan>(store, state, kPlan, run);
  facts.execution = recorded_if_any<contracts::ExecutionRecord>(store, state, kExecutionRecord, run);
  facts.artifact = recorded_if_any<contracts::TrainArtifact>(store, state, kTrainArtifact, run);
  facts.evaluation = recorded_if_any<contracts::EvalReport>(store, state, kEvalReport, run);
  facts.verdict = recorded_if_any<contracts::GateReceipt>(store, state, kGateReceipt, run);
  facts.training_profile =
      content_of(locked_training_bytes, store, facts, facts.plan.training_profile.profile_ref, result);
  facts.governance_profile =
      content_of(locked_governance_bytes, store, facts, facts.plan.governance_profile.profile_ref, result);
  return facts;
}

std::string same_model(const RunFacts& first, const RunFacts& second) {
  if (!first.artifact || !second.artifact) return "unknown";
  return first.artifact->model.sha256 == second.artifact->model.sha256 ? "same" : "different";
}

bool differs(const std::vector<report::Difference>& differences, const std::string& group) {
  return std::any_of(differences.begin(), differences.end(),
                     [&](const report::Difference& difference) { return difference.group == group; });
}

/// Whether both runs have what the group is about.
bool compared(const RunFacts& one, const RunFacts& other, const std::string& group) {
  if (group == "training_profile") return one.training_profile && other.training_profile;
  if (group == "governance_profile") return one.governance_profile && other.governance_profile;
  return true;
}

/// What both runs agree in, for a difference is only as good as what is known to be equal.
std::string same_groups(const std::vector<report::Difference>& differences, const RunFacts& one,
                        const RunFacts& other) {
  std::string words;
  for (const auto& group : report::difference_groups())
    if (!differs(differences, group) && compared(one, other, group)) words += (words.empty() ? "" : ", ") + group;
  return words;
}

Table table_of(const std::vector<report::Difference>& differences) {
  Table table{{"what", "name", "first", "second", "note"}, {}};
  for (const auto& [group, name, first, second, note] : differences)
    table.rows.push_back({group, name, first, second, note});
  return table;
}

}  // namespace

Result compare_runs(Workshop& workshop, store::layout::RunPlace first, store::layout::RunPlace second) {
  Result result;
  const RunFacts one = facts_of(workshop, std::move(first), result);
  const RunFacts other = facts_of(workshop, std::move(second), result);
  const auto differences = report::differences(one, other);
  result.outcome = differences.empty() ? "SAME" : "DIFFERENT";
  result.exit_status = differences.empty() ? 0 : 1;
  result.figures = {{"first", one.run_key},
                    {"second", other.run_key},
                    {"differences", static_cast<std::int64_t>(differences.size())},
                    {"model", same_model(one, other)}};
  result.table = table_of(differences);
  const std::string same = same_groups(differences, one, other);
  if (!same.empty()) result.lines.push_back("the same: " + same);
  result.lines.push_back("the models' bytes: " + same_model(one, other));
  return result;
}

}  // namespace mf::factory
