#pragma once
// What the evaluation part of a training profile needs beyond its schema.

#include <string>

#include "mf/contracts/training_profile.hpp"

namespace mf::contracts {

/// Throws TRAINING_PROFILE_INVALID with the field, when the rule of the operating point lacks its value, beta or costs,
/// or has a value that it does not take. `where` names the document.
void check_evaluation(const TrainingProfile::Evaluation& evaluation, const std::string& where);

}  // namespace mf::contracts
