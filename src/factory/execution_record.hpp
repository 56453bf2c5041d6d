#pragma once
// The execution record: how a run was trained.

#include <string>

#include "factory/dataset_of_plan.hpp"
#include "mf/contracts/training_evidence.hpp"
#include "mf/engine/booster.hpp"

namespace mf::factory {

/// Everything that happened in training.
struct Execution {
  const contracts::ResolvedTrainPlan& plan;
  const contracts::TrainingProfile& profile;
  const PreparedDataset& dataset;
  const engine::Fit& fitted;
  std::int64_t seed;
  std::string started_at_utc, completed_at_utc;
  const Workshop& workshop;
  std::optional<contracts::Adoption> adopted;  ///< when `fitted` was taken from a bundle
};

contracts::ExecutionRecord execution_record_of(const Execution& execution);

}  // namespace mf::factory
