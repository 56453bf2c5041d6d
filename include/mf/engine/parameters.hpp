#pragma once
// The algorithms, and the engine parameters that a training profile may set: one table each.
//
// Room: engine.  docs/engine_parameters.md shows the tables.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mf/contracts/training_profile.hpp"

namespace mf::engine {

/// A kind of model.
struct AlgorithmRow {
  enum class Kind : std::uint8_t { gbtree, dart, gblinear };
  Kind kind;
  std::string_view name;         ///< algorithm_id of a training profile
  std::string_view engine_name;  ///< XGBoost's booster
  std::string_view effect;       ///< one sentence
};

/// All rows, in the order of their kinds.
std::span<const AlgorithmRow> algorithm_table();

/// The algorithm of `profile`. Throws TRAINING_PROFILE_INVALID for an unknown one.
const AlgorithmRow& algorithm_of(const contracts::TrainingProfile& profile);

/// A row of the table: a name XGBoost knows, what it may be, and what it does.
struct ParameterRow {
  enum class Type : std::uint8_t { integer, real, flag, choice };
  enum class Of : std::uint8_t { all, trees, gbtree, dart, gblinear };
  std::string_view name;
  Of of;  ///< the algorithms that have it
  Type type;
  bool minimum_excluded, maximum_excluded;
  double minimum, maximum;   ///< both inclusive, unless excluded; of numbers only
  std::string_view choices;  ///< the words of a choice, with blanks between them
  std::string_view preset;   ///< the engine's own value when the profile is silent
  std::string_view effect;   ///< one sentence

  [[nodiscard]] bool belongs_to(AlgorithmRow::Kind kind) const;
  /// What it may be, in words, such as "an integer from 1 to 32".
  [[nodiscard]] std::string allowed() const;
};

/// All rows, sorted by name; a name that means different things to different algorithms has a row for each.
std::span<const ParameterRow> parameter_table();

/// Checks algorithm_id, objective, rounds, early stopping, class weighting, constraints and every parameter of
/// `profile` against the tables. Throws TRAINING_PROFILE_INVALID with the key, what was there, what is allowed, and the
/// nearest known name, or the algorithm that has such a parameter.
void check_algorithm(const contracts::TrainingProfile& profile);

/// Checks what `profile` says of features against those there are; `categories` as in dataset::BatchSource. The profile
/// has passed check_algorithm. Throws TRAINING_PROFILE_INVALID with the key and the nearest feature.
void check_features(const contracts::TrainingProfile& profile, const std::vector<std::string>& names,
                    const std::vector<std::size_t>& categories);

/// Parameters as XGBoost takes them, name and text, sorted by name.
using EngineParameters = std::vector<std::pair<std::string, std::string>>;

/// The profile's parameters, then what MF fixes (booster, tree_method, objective, eval_metric). Seed and threads are
/// not among them, nor what only the rows tell: constraints by feature and the weight of the classes.
EngineParameters engine_parameters(const contracts::TrainingProfile& profile);

}  // namespace mf::engine
