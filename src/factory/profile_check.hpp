#pragma once
// The profiles of a request: found, checked, and read again before they are used.

#include <optional>
#include <string>
#include <string_view>

#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_profile.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// A training profile as one reading found it.
struct ResolvedTrainingProfile {
  contracts::ResolvedTrainPlan::TrainingProfileLock lock;
  std::optional<contracts::TrainingProfile> profile;  ///< none for the older form, which resolves but cannot train
};

/// A governance profile as one reading found it.
struct ResolvedGovernanceProfile {
  contracts::ResolvedTrainPlan::GovernanceProfileLock lock;
  std::optional<contracts::GovernanceProfile>
      profile;  ///< none for the older form, which asks for what every evaluation has
};

/// Reads a v1 training profile, its engine parameters held against the engine's tables. Throws
/// TRAINING_PROFILE_INVALID.
contracts::TrainingProfile read_usable_training_profile(std::string_view bytes, const std::string& ref);

/// Reads a governance profile, its metrics held against the catalogue. Throws GOVERNANCE_PROFILE_INVALID.
contracts::GovernanceProfile read_usable_governance_profile(std::string_view bytes, const std::string& ref);

/// Finds and checks the training profile behind `ref`; of a v1 profile the engine parameters too.
ResolvedTrainingProfile resolve_training_profile(const store::ArtifactStore& store, const std::string& ref);

/// Finds and checks the governance profile behind `ref`; of a v1 profile the metric names too.
ResolvedGovernanceProfile resolve_governance_profile(const store::ArtifactStore& store, const std::string& ref);

/// Refuses (LEAKAGE_GUARD_VIOLATION) a manifest whose labels were resolved by another rule than `profile` names.
void require_label_rule(const contracts::TrainingProfile& profile, const contracts::DatasetManifest& manifest,
                        const std::string& manifest_ref);

/// The bytes of the profiles that `plan` locked, of either form. Throw PROFILE_DIGEST_MISMATCH when they say something
/// else now, TRAINING_PROFILE_UNRESOLVED and GOVERNANCE_PROFILE_UNRESOLVED when they are gone.
std::string locked_training_bytes(const store::ArtifactStore& store, const contracts::ResolvedTrainPlan& plan);
std::string locked_governance_bytes(const store::ArtifactStore& store, const contracts::ResolvedTrainPlan& plan);

/// The training profile that `plan` locked, to be trained by. Throws PROFILE_DIGEST_MISMATCH when it has changed since,
/// TRAINING_PROFILE_INVALID when it is of the older form.
contracts::TrainingProfile locked_training_profile(const store::ArtifactStore& store,
                                                   const contracts::ResolvedTrainPlan& plan);

/// The governance profile that `plan` locked, to be judged by. Throws PROFILE_DIGEST_MISMATCH,
/// GOVERNANCE_PROFILE_INVALID.
contracts::GovernanceProfile locked_governance_profile(const store::ArtifactStore& store,
                                                       const contracts::ResolvedTrainPlan& plan);

}  // namespace mf::factory
