#pragma once
// The engine parameters that a training profile may set: one table.
//
// Room: engine.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mf/contracts/training_profile.hpp"

namespace mf::engine {

/// A row of the table: a name XGBoost knows, what it may be, and what it does.
struct ParameterRow {
  enum class Type : std::uint8_t { integer, real };
  std::string_view name;
  Type type;
  bool minimum_excluded;
  double minimum, maximum;  ///< both inclusive, unless minimum_excluded
  std::string_view preset;  ///< the engine's own value when the profile is silent
  std::string_view effect;  ///< one sentence
};

/// All rows, sorted by name.
std::span<const ParameterRow> parameter_table();

/// Checks algorithm_id (xgboost.gbtree), rounds, early stopping and every parameter of `profile` against the tables.
/// Throws TRAINING_PROFILE_INVALID with the key, what was there, what is allowed, and the nearest known name.
void check_algorithm(const contracts::TrainingProfile& profile);

/// The parameters as XGBoost takes them, name and text, sorted by name: the profile's, then what MF fixes
/// (booster, tree_method, objective, eval_metric). Seed and threads are not among them.
std::vector<std::pair<std::string, std::string>> engine_parameters(const contracts::TrainingProfile& profile);

}  // namespace mf::engine
