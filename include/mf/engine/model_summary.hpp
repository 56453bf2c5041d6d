#pragma once
// What a model file says of itself.
//
// Room: engine.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mf::engine {

struct ModelSummary {
  std::string booster;    ///< gbtree, dart or gblinear
  std::string objective;  ///< by XGBoost's name, one of objective_table()
  std::int64_t rounds = 0;
};

/// Of `model`, as UBJ bytes, whose structure is checked. Throws ENGINE_FAILED when they are no sound model.
ModelSummary summary_of(std::string_view model);

/// Checks the structure of `model` (UBJ bytes), and that its features are exactly `feature_names` in that order. The
/// model is not loaded, nor is XGBoost. Throws ENGINE_FAILED.
void require_model_of(std::string_view model, const std::vector<std::string>& feature_names);

}  // namespace mf::engine
