#include "factory/plan_resolution.hpp"
#include "factory/records.hpp"
#include "factory/stage.hpp"
#include "factory/told_plan.hpp"
#include "mf/contracts/document.hpp"
#include "mf/factory/stories.hpp"

namespace mf::factory {
namespace {

using contracts::ResolvedTrainPlan;

ResolvedTrainPlan resolve_now(const Stage& stage, const ledger::RunState& state) {
  const auto request = contracts::read_recorded_request(state.request);
  const ResolutionRules rules{stage.workshop.profile.require_pinned_refs};
  return resolve_plan(stage.store(), rules, request, stage.run.run_key);
}

/// The first plan stands. What the request resolves to now must be the same.
Result resolve_under_claim(const Stage& stage, const ledger::RunState& state) {
  const auto plan = resolve_now(stage, state);
  const bool locked = state.find(kPlan.name) != nullptr;
  if (locked) {
    const auto standing = recorded<ResolvedTrainPlan>(stage.store(), state, kPlan, stage.run.run_key);
    require_same_plan(standing, plan);
  } else {
    stage.begin("RESOLVE");
    const auto kept = keep(stage.store(), store::layout::resolved_train_plan(stage.run), plan, kPlan);
    ledger::Detail detail{{"input_fingerprint", plan.input_fingerprint}};
    vouch(detail, kPlan, kept.ref, kept.sha256);
    stage.claim.append(ledger::Event::plan_locked, detail);
  }
  auto result = result_of(state, stage.run, "RESOLVED");
  tell_plan(plan, store::layout::resolved_train_plan(stage.run), result);
  result.next = "mf train --run " + stage.run.run_key;
  return result;
}

}  // namespace

Result resolve(Workshop& workshop, const store::layout::RunPlace& run) {
  return staged(workshop, run, "resolve", resolve_under_claim);
}

}  // namespace mf::factory
