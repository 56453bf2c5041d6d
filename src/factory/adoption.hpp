#pragma once
// A model that a run takes from a published bundle instead of training one.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "factory/registered_bundle.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/training_evidence.hpp"
#include "mf/contracts/training_profile.hpp"
#include "mf/engine/booster.hpp"

namespace mf::factory {

/// The model of `bundle` in the place of one that was fitted: no round was run, and of its parameters the objective
/// alone is known. Throws ENGINE_FAILED when it is no sound model, or does not take the features of its own scoring
/// contract.
engine::Fit adopted_fit(const RegisteredBundle& bundle);

/// What the execution record says of it.
contracts::Adoption adoption_of(const RegisteredBundle& bundle);

/// The threshold that alerts, where it was chosen before the run: that of an adopted model is the one that its bundle
/// chose by the rule that `profile` names, or the bundle's own where it names none. Nothing when there is none.
std::optional<contracts::EvalReport::OperatingPoint> chosen_before(const contracts::ExecutionRecord& execution,
                                                                   const contracts::TrainingProfile& profile);

/// Whether the bundle has chosen by the rule that `profile` names, if it names one.
bool gives_threshold(const contracts::Adoption& adopted, const contracts::TrainingProfile& profile);

/// The features of a contract, in the order in which its model takes them.
std::vector<std::string> feature_names_of(const contracts::ScoringContract& scoring);

/// The categories of a contract, by feature; empty where every feature is a number.
std::map<std::string, std::vector<std::string>> categories_of(const contracts::ScoringContract& scoring);

}  // namespace mf::factory
