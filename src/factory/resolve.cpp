#include <set>

#include "factory/materialization_check.hpp"
#include "factory/plan_resolution.hpp"
#include "factory/records.hpp"
#include "factory/stage.hpp"
#include "factory/told_plan.hpp"
#include "mf/contracts/document.hpp"
#include "mf/factory/stories.hpp"

namespace mf::factory {
namespace {

using contracts::ResolvedTrainPlan;

ResolvedTrainPlan resolve_now(const Desk& desk, const ledger::RunState& state) {
  const auto request = contracts::read_recorded_request(state.request);
  return resolve_plan(desk.store(), rules_of(desk.workshop), request, desk.run.run_key);
}

/// The scenario runs that the datasets were taken from, each once.
std::string scenario_runs_of(const store::ArtifactStore& store, const ResolvedTrainPlan& plan) {
  std::set<std::string> runs;
  for (const auto& lock : plan.dataset_manifests) {
    const auto manifest =
        contracts::read_json<contracts::DatasetManifest>(locked_manifest(store, lock), lock.manifest_ref);
    if (manifest.scenario_run_ids) runs.insert(manifest.scenario_run_ids->begin(), manifest.scenario_run_ids->end());
  }
  std::string joined;
  for (const auto& run : runs) joined += (joined.empty() ? "" : ",") + run;
  return joined;
}

Result told(const Desk& desk, const ledger::RunState& state, const ResolvedTrainPlan& plan) {
  auto result = result_of(state, desk.run, "RESOLVED");
  tell_plan(plan, store::layout::resolved_train_plan(desk.run), result);
  result.next = "mf train --run " + desk.run.run_key;
  return result;
}

/// The first plan stands. What the request resolves to now must be the same.
std::optional<Result> recall_plan(const Desk& desk, const ledger::RunState& state) {
  if (state.find(kPlan.name) == nullptr) return {};
  const auto standing = recorded<ResolvedTrainPlan>(desk.store(), state, kPlan, desk.run.run_key);
  require_same_plan(standing, resolve_now(desk, state));
  return told(desk, state, standing);
}

/// Read the inputs, keep the plan, record it.
Result lock_plan(const Stage& stage, const ledger::RunState& state) {
  stage.begin("RESOLVE");
  auto plan = resolve_now(stage, state);
  plan.run_config_digest = stage.workshop.run_config_digest;
  const auto kept = keep(stage.store(), store::layout::resolved_train_plan(stage.run), plan, kPlan);
  ledger::Detail detail{{"input_fingerprint", plan.input_fingerprint},
                        {"scenario_run_ids", scenario_runs_of(stage.store(), plan)}};
  vouch(detail, kPlan, kept.ref, kept.sha256);
  stage.claim.append(ledger::Event::plan_locked, detail);
  return told(stage, state, kept.document);
}

}  // namespace

Result resolve(Workshop& workshop, const store::layout::RunPlace& run) {
  return staged(workshop, run, {"resolve", "RESOLVE", recall_plan, lock_plan});
}

}  // namespace mf::factory
