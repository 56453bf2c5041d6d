#pragma once
// Whether what is to be evaluated and judged by can be computed from the rows: better known before a training than
// after it.

#include <string>

#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/training_profile.hpp"

namespace mf::factory {

/// Throws TRAINING_PROFILE_INVALID when `profile` evaluates by a column (entities, amounts, a slice) that `rows` do not
/// have. `ref` names the profile.
void require_columns(const contracts::TrainingProfile& profile, const std::string& ref,
                     const contracts::DatasetMaterialization& rows);

/// Throws GOVERNANCE_PROFILE_INVALID when `policy` judges by what `profile` does not let an evaluation compute from
/// `rows`: intervals without a bootstrap, a figure at a threshold without an operating point, costs that are not
/// pinned, a column that is not there. `ref` names the policy.
void require_computable(const contracts::GovernanceProfile& policy, const std::string& ref,
                        const contracts::TrainingProfile& profile, const contracts::DatasetMaterialization& rows);

}  // namespace mf::factory
