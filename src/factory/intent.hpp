#pragma once
// What the intent of a request asks of its profiles, and what it rules out.  docs/intents.md.

#include <optional>
#include <string>

#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_profile.hpp"
#include "mf/ledger/run_state.hpp"

namespace mf::factory {

/// Whether a run of this intent evaluates a bundle that there is already. It trains nothing, so it can publish nothing,
/// whatever its requests allow.
bool only_evaluates(const std::string& intent_kind);

/// The same of the intent that `state` was submitted with.
bool only_evaluates(const ledger::RunState& state);

/// The profiles of a request by which it can be trained. `policy` is nothing for the older form, which names no
/// baseline.
struct ProfilesOfIntent {
  const contracts::TrainingProfile& training;
  const std::string& training_ref;
  const std::optional<contracts::GovernanceProfile>& policy;
  const std::string& policy_ref;
};

/// Throws TRAINING_PROFILE_INVALID unless the profile has a candidate and lets every row test exactly for
/// candidate_eval, and a bundle to supersede exactly for backfill_retrain; GOVERNANCE_PROFILE_INVALID when
/// regression_check has no baseline to compare with.
void require_profiles_of(const std::string& intent_kind, const ProfilesOfIntent& profiles);

}  // namespace mf::factory
