#pragma once
// The evaluation: everything that a report says of a model is computed here from scored rows, and nowhere else. `mf
// eval` computes it from the rows it has just written, `mf gate` from the recorded ones, a replay for another policy.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/scored_rows.hpp"
#include "mf/gate/judge.hpp"

namespace mf::factory {

/// What an evaluation is computed by, beside the rows.
struct EvaluationRules {
  const contracts::TrainingProfile& profile;
  const contracts::GovernanceProfile& policy;
  const contracts::ResolvedTrainPlan& plan;
  std::int64_t seed = 0;                                                 ///< of the resamples: the stage seed
  std::optional<contracts::EvalReport::OperatingPoint> operating_point;  ///< where it was chosen before this run
  int threads = 1;                                                       ///< changes no figure
};

/// What is said of the model, as the report holds it.
struct Evaluation {
  std::map<std::string, contracts::PartFigures> parts;
  std::vector<contracts::SliceFigures> slices;
  std::optional<contracts::EvalReport::OperatingPoint> operating_point;
  std::optional<contracts::EvalReport::Bootstrap> bootstrap;
  std::vector<contracts::BaselineComparison> comparisons;
};

/// All that the training profile asks for and the policy judges by. Throws GOVERNANCE_PROFILE_INVALID when the policy
/// compares with a baseline that has not scored these rows, or names a slice that they do not have;
/// DATA_INVALID when a slice column has too many values.
Evaluation evaluate_rows(dataset::ScoredRowsFile rows, const EvaluationRules& rules);

/// The verdict that `policy` gives on it. Throws GOVERNANCE_PROFILE_INVALID when the policy has no criterion, INTERNAL
/// when it judges by what was not computed.
gate::Verdict judge_evaluation(const contracts::GovernanceProfile& policy, const Evaluation& evaluation);

}  // namespace mf::factory
