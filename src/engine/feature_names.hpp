#pragma once
// The feature names inside a model.

#include <string>
#include <vector>

#include "engine/xgboost_call.hpp"

namespace mf::engine {

/// Refuses names that not every XGBoost could carry: duplicates, and names with [, ], < or a NUL. Throws ENGINE_FAILED.
void require_portable_names(const std::vector<std::string>& names);

/// The type of each feature as XGBoost names it: "c" for a category, "float" for a number.
std::vector<const char*> type_names(const std::vector<std::size_t>& categories);

/// Writes `names` into the model, each with its type.
void set_feature_names(const ModelHandle& model, const std::vector<std::string>& names,
                       const std::vector<std::size_t>& categories);

/// The names in the model, in order; empty when it has none.
std::vector<std::string> feature_names_of(const ModelHandle& model);

/// Which features of the model are categories; all false when it does not say.
std::vector<bool> category_features_of(const ModelHandle& model);

}  // namespace mf::engine
