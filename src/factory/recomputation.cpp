#include "factory/recomputation.hpp"

#include "factory/adoption.hpp"
#include "factory/profile_check.hpp"
#include "factory/records.hpp"

namespace mf::factory {

Recomputation recompute(const Desk& desk, const ledger::RunState& state, const contracts::ResolvedTrainPlan& plan,
                        const contracts::ExecutionRecord& execution, const contracts::GovernanceProfile& policy) {
  const auto profile = locked_training_profile(desk.store(), plan);
  const auto& scored = require_recorded(state, kScoredRows, desk.run.run_key);
  const auto file = open_recorded(desk.store(), state, kScoredRows, desk.run.run_key);
  auto rows = dataset::read_scored_rows(*file, scored.sha256, scored.ref);
  const contracts::ArtifactRef ref{scored.ref, scored.sha256, rows.bytes};
  const EvaluationRules rules{
      profile, policy, plan, execution.stage_seed, chosen_before(execution, profile), desk.workshop.threads};
  return {evaluate_rows(std::move(rows), rules), ref};
}

}  // namespace mf::factory
