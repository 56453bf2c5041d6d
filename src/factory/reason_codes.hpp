#pragma once
// The features that raise the score of each row most, as scored rows name them.

#include <span>
#include <string>
#include <vector>

#include "factory/dataset_of_plan.hpp"
#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::factory {

/// Names joined by `;`, up to engine::kNoReason. A `;` or a backslash inside a name has a backslash before it.
std::string reason_codes_text(std::span<const std::uint32_t> reasons, const std::vector<std::string>& names);

/// For each evaluated part the reason codes of its rows, in row order; empty when `profile` does not ask for any.
/// Throws ENGINE_FAILED, or what a stop throws.
std::vector<dataset::TextColumn> reason_codes_of(const Stage& stage, const std::string& model,
                                                 const std::vector<std::string>& feature_names,
                                                 const PreparedDataset& dataset,
                                                 const contracts::TrainingProfile& profile);

}  // namespace mf::factory
