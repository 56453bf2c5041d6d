#pragma once
// The scores that the baseline of a plan gives the rows of a run.

#include <vector>

#include "factory/dataset_of_plan.hpp"
#include "mf/contracts/resolved_train_plan.hpp"

namespace mf::factory {

/// The baseline that `plan` locked, read and verified again, scores the evaluated rows of `dataset`: one score for each
/// row of each of dataset::kEvaluatedParts, in row order. It takes its features by name, with the categories that it
/// knows itself. Empty when the plan has no baseline. Throws as read_locked_bundle, ENGINE_FAILED, and
/// FEATURE_SCHEMA_INCOMPATIBLE or DATA_INVALID when the rows lack what it takes.
std::vector<std::vector<float>> baseline_scores(const Stage& stage, const contracts::ResolvedTrainPlan& plan,
                                                const PreparedDataset& dataset);

}  // namespace mf::factory
