#pragma once
// What a model is fitted to, and so what its scores mean: one table.
//
// Room: engine.

#include <span>
#include <string_view>

#include "mf/contracts/training_profile.hpp"

namespace mf::engine {

/// An objective for labels that are 0 or 1. A higher score is always the likelier fraud.
struct ObjectiveRow {
  std::string_view name;     ///< XGBoost's
  bool gives_probabilities;  ///< scores lie in [0,1] and estimate a probability
  std::string_view score;    ///< what a score is, as a scoring contract says it
  std::string_view effect;   ///< one sentence
};

/// All rows, sorted by name.
std::span<const ObjectiveRow> objective_table();

/// The row of `name`, or nothing.
const ObjectiveRow* find_objective(std::string_view name);

/// The objective of `profile`, binary:logistic where it names none. Throws TRAINING_PROFILE_INVALID for an unknown one.
const ObjectiveRow& objective_of(const contracts::TrainingProfile& profile);

}  // namespace mf::engine
