#pragma once
// What resolution needs of a training or governance profile, whichever form it has.
//
// Room: contracts.  Both kinds of profile come in two forms: v1, with schema_version and a closed schema; and the older
// form without schema_version, which is open, resolves, and names its policy in one of two ways.
// docs/formats/profiles.v0.md.

#include <optional>
#include <string>
#include <string_view>

#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/syntax.hpp"
#include "mf/contracts/training_profile.hpp"

namespace mf::contracts {

/// document_digest of a document's content, whatever its spelling. Throws DOCUMENT_INVALID when it cannot be parsed.
std::string digest_of_document(std::string_view bytes, Syntax syntax, const std::string& where);

/// Whether a profile is of the closed form: it names its schema_version. False when it cannot be parsed.
bool has_schema_version(std::string_view bytes, const std::string& profile_ref);

/// The training profile's identity and its digest; `profile_ref` is filled in as given.
/// Throws TRAINING_PROFILE_UNRESOLVED when it cannot be parsed or (older form) lacks policy_id, revision or
/// feature_definition_set; TRAINING_PROFILE_INVALID when a v1 profile breaks its schema or its fractions do not sum
/// to 1.
ResolvedTrainPlan::TrainingProfileLock lock_training_profile(std::string_view bytes, const std::string& profile_ref);

/// The same for a governance profile. Throws GOVERNANCE_PROFILE_UNRESOLVED and GOVERNANCE_PROFILE_INVALID.
ResolvedTrainPlan::GovernanceProfileLock lock_governance_profile(std::string_view bytes,
                                                                 const std::string& profile_ref);

/// The whole training profile. Throws TRAINING_PROFILE_INVALID for the older form: it resolves, but cannot train.
TrainingProfile read_training_profile(std::string_view bytes, const std::string& profile_ref);

/// The whole governance profile; the older form's thresholds (min_auc_roc, min_precision_at_50 under eval_thresholds or
/// gate.metrics_thresholds) become blocking criteria on the test part. Throws GOVERNANCE_PROFILE_INVALID when there is
/// no criterion, one without exactly one threshold, two with one id, or a threshold that is unknown or no number.
GovernanceProfile read_governance_profile(std::string_view bytes, const std::string& profile_ref);

}  // namespace mf::contracts
