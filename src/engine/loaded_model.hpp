#pragma once
// A model read from its bytes, and whether rows are such as it was trained on.

#include <string>
#include <string_view>
#include <vector>

#include "engine/xgboost_call.hpp"
#include "mf/dataset/batch_source.hpp"

namespace mf::engine {

struct LoadedModel {
  ModelHandle handle;
  std::string booster;  ///< gbtree, dart or gblinear
};

/// Reads `model` (UBJ). Throws ENGINE_FAILED as sound_booster, or when its features are not exactly `feature_names` in
/// that order.
LoadedModel load_model(std::string_view model, const std::vector<std::string>& feature_names, int threads);

/// Throws ENGINE_FAILED when `rows` have other features than the model, or other types.
void require_rows_of(const ModelHandle& model, const dataset::BatchSource& rows);

}  // namespace mf::engine
