#pragma once
// The bundles of the registry that a plan refers to: read, held against the request, and locked.

#include <vector>

#include "factory/intent.hpp"
#include "factory/registered_bundle.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/resolved_train_plan.hpp"

namespace mf::factory {

/// Locks the bundles that `profiles` name in `plan`, which is otherwise whole but for its fingerprint. `table` is the
/// materialisation of one of its manifests. Throws as read_bundle, and
/// - candidate: TRAINING_PROFILE_INVALID when the profile's algorithm or objective is not the bundle's, or it asks for
/// a
///   threshold that the bundle has not chosen,
///   FEATURE_SCHEMA_INCOMPATIBLE when the rows have not the very features that its model takes, LEAKAGE_GUARD_VIOLATION
///   when it was made from one of the plan's datasets;
/// - baseline: FEATURE_SCHEMA_INCOMPATIBLE when the rows lack a feature that its model takes;
/// - supersedes: TRAINING_PROFILE_INVALID when it is of another target scope than the request's.
void lock_bundles(contracts::ResolvedTrainPlan& plan, const ProfilesOfIntent& profiles,
                  const contracts::DatasetMaterialization& table, const OpenRegistry& open_registry);

/// The bundles that `plan` locked, by what they are to it.
struct NamedLock {
  const char* name;  ///< baseline, candidate or supersedes
  const contracts::ResolvedTrainPlan::BundleLock& lock;
};
std::vector<NamedLock> locked_bundles(const contracts::ResolvedTrainPlan& plan);

}  // namespace mf::factory
