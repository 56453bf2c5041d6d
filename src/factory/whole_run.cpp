#include "factory/intent.hpp"
#include "factory/plan_resolution.hpp"
#include "factory/records.hpp"
#include "factory/stage.hpp"
#include "factory/told_plan.hpp"
#include "mf/factory/stories.hpp"
#include "mf/ledger/run_log.hpp"

namespace mf::factory {
namespace {

using ledger::State;

ledger::RunState state_of(Workshop& workshop, const store::layout::RunPlace& run) {
  return ledger::RunLog(*workshop.artifacts, workshop.clock, run).read();
}

/// A published run answers at once. Inputs that are still there must be those it was made from; inputs that retention
/// has taken away, or that a silent registry holds, take nothing from what was published.
void require_no_drift(Workshop& workshop, const store::layout::RunPlace& run, const ledger::RunState& state) {
  const auto locked = recorded<contracts::ResolvedTrainPlan>(*workshop.artifacts, state, kPlan, run.run_key);
  contracts::ResolvedTrainPlan now;
  try {
    now = resolve_plan(*workshop.artifacts, rules_of(workshop), contracts::read_recorded_request(state.request),
                       run.run_key);
  } catch (const Error& error) {
    const int gone = row_of(Code::MANIFEST_UNRESOLVED).exit_status;
    if (error.row().exit_status == gone || error.code() == Code::REGISTRY_UNAVAILABLE) return;
    if (error.row().category != "RESOLUTION") throw;
    throw Error(Code::RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION,
                "an input of the published run " + run.run_key + " has changed: " + error.message(), error.context());
  }
  require_same_plan(locked, now);
}

/// Why a run that passed ends here; empty when it goes on.
std::string why_not_published(const ledger::RunState& state) {
  if (only_evaluates(state))
    return "candidate_eval publishes nothing: the verdict is on a bundle that there is already";
  return state.publish_allowed ? "" : "no request for this run allows publishing";
}

/// What is told of a step that is followed by another one.
void tell(Workshop& workshop, const Result& step) {
  for (const auto& line : step.lines) workshop.journal.say(line);
}

}  // namespace

Result whole_run(Workshop& workshop, const contracts::TrainBuildRequest& request) {
  const auto run = admit(workshop, request);
  ledger::RunLog log(*workshop.artifacts, workshop.clock, run);
  const auto state = log.read();
  // A run that was ended right after its last event is answered from its record, and sealed first.
  if (state.is_over()) log.seal();
  rethrow_recorded_end(state, run.run_key);
  workshop.journal.say("run " + run.run_key +
                       (state.sequence > 1 ? " goes on from " + std::string(name_of(state.state)) : " begins"));
  if (state.state == State::published) {
    require_no_drift(workshop, run, state);
    return publish(workshop, run);
  }
  if (state.state != State::fail && state.find(kGateReceipt.name) == nullptr) {
    tell(workshop, resolve(workshop, run));
    tell(workshop, train(workshop, run));
    tell(workshop, evaluate(workshop, run));
  }
  auto verdict = judge(workshop, run);
  if (verdict.outcome != "PASS") return verdict;
  if (const auto why = why_not_published(state_of(workshop, run)); !why.empty()) {
    verdict.lines.push_back(why);
    verdict.next.clear();
    return verdict;
  }
  tell(workshop, verdict);
  return publish(workshop, run);
}

}  // namespace mf::factory
