#pragma once
// The rows that a plan locked, split into parts.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "factory/stage.hpp"
#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/categories.hpp"
#include "mf/dataset/leakage.hpp"
#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"

namespace mf::factory {

/// What a manifest says of the choice of its rows.
struct DatasetPurpose {
  std::string manifest_ref;
  std::optional<std::string> role;
  std::optional<contracts::DatasetManifest::Sampling> sampling;
  std::int64_t rows = 0;
};

/// Rows whose bytes were verified against the plan, guarded and split.
struct PreparedDataset {
  std::string input_fingerprint;
  dataset::SpilledRows rows;
  dataset::Split split;
  dataset::Categories categories;
  std::vector<dataset::GuardFinding> row_findings;  ///< of the guards over rows, all clear
  dataset::SplitFindings findings;                  ///< of the split, all guards clear
  std::vector<std::string> feature_types;           ///< one for each feature
  std::vector<DatasetPurpose> purposes;             ///< one for each manifest, in canonical order
};

/// Reads, guards and splits the rows of `plan`; or takes what this process has prepared for the same inputs before.
/// Throws what reading, splitting and the guards throw.
std::shared_ptr<const PreparedDataset> prepare_dataset(const Stage& stage, const contracts::ResolvedTrainPlan& plan,
                                                       const contracts::TrainingProfile& profile);

/// The type of each feature, in the order of SpilledRows::feature_names: the widest that a materialisation declares for
/// it.
std::vector<std::string> feature_types_of(const std::vector<contracts::DatasetMaterialization>& materializations);

}  // namespace mf::factory
