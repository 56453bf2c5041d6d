#pragma once
// The feature names inside a model.

#include <string>
#include <vector>

#include "engine/xgboost_call.hpp"

namespace mf::engine {

/// Refuses names that not every XGBoost could carry: duplicates, and names with [, ], < or a NUL. Throws ENGINE_FAILED.
void require_portable_names(const std::vector<std::string>& names);

/// Writes `names` into the model, each with the type "float".
void set_feature_names(const ModelHandle& model, const std::vector<std::string>& names);

/// The names in the model, in order; empty when it has none.
std::vector<std::string> feature_names_of(const ModelHandle& model);

}  // namespace mf::engine
