#include "factory/rebuild.hpp"

#include "factory/packing.hpp"
#include "factory/records.hpp"
#include "mf/factory/stories.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;
using store::layout::RunPlace;

std::optional<Result> recall_nothing(const Desk& /*desk*/, const RunState& /*state*/) { return {}; }

/// Making a run again is looking at it, which is free whatever platform run it is of.
contracts::PlatformProfile without_scope(contracts::PlatformProfile profile) {
  profile.required_platform_run_id.reset();
  return profile;
}

/// The same workshop with another store; rows that it has read before count for nothing.
Workshop workshop_around(const Workshop& workshop, std::unique_ptr<store::ArtifactStore> artifacts) {
  return {.profile = without_scope(workshop.profile),
          .profile_path = workshop.profile_path,
          .run_config_digest = workshop.run_config_digest,
          .threads = workshop.threads,
          .artifacts = std::move(artifacts),
          .scratch_folder = workshop.scratch_folder,
          .registry_root = workshop.registry_root,
          .clock = workshop.clock,
          .journal = workshop.journal,
          .prepared = nullptr,
          .cache = {},
          .stop = workshop.stop,
          .audit = nullptr};
}

/// The plan as it was locked then, which is not resolved again: refs may lead elsewhere by now.
void lock_plan(Workshop& scratch, const RunPlace& run, const RunState& recorded) {
  const auto& plan = require_recorded(recorded, kPlan, run.run_key);
  const auto adopt = [&](const Stage& stage, const RunState& state) {
    ledger::Detail detail;
    vouch(detail, kPlan, plan.ref, plan.sha256);
    stage.claim.append(ledger::Event::plan_locked, detail);
    return result_of(state, run, "RESOLVED");
  };
  staged(scratch, run, {"rebuild", "", recall_nothing, adopt});
}

void pack(Workshop& scratch, const RunPlace& run) {
  const auto work = [&](const Stage& stage, const RunState& state) {
    const auto evidence = read_evidence(stage, state);
    package(stage, state, evidence, require_eligible(stage, state, evidence));
    return result_of(state, run, "PACKAGED");
  };
  staged(scratch, run, {"rebuild", "", recall_nothing, work});
}

void tell(Workshop& scratch, const Result& step) {
  for (const auto& line : step.lines) scratch.journal.say(line);
}

RunState state_of(Workshop& scratch, const RunPlace& run) {
  return ledger::RunLog(*scratch.artifacts, scratch.clock, run).read();
}

}  // namespace

RunState rebuild(Workshop& workshop, const RunPlace& run, const RunState& recorded, const contracts::LedgerEvent& first,
                 store::ArtifactStore& place) {
  auto scratch = workshop_around(workshop, std::make_unique<RebuildStore>(*workshop.artifacts, place, run));
  scratch.artifacts->put_if_absent(store::layout::ledger_event(run, 1), contracts::write(first));
  lock_plan(scratch, run, recorded);
  tell(scratch, train(scratch, run));
  if (recorded.find(kEvalReport.name) != nullptr) tell(scratch, evaluate(scratch, run));
  if (recorded.find(kGateReceipt.name) != nullptr) tell(scratch, judge(scratch, run));
  if (recorded.find(kBundleManifest.name) != nullptr && state_of(scratch, run).state == ledger::State::pass)
    pack(scratch, run);
  return state_of(scratch, run);
}

}  // namespace mf::factory
