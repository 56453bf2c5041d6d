#pragma once
// Rows as XGBoost's quantile matrix: about two bytes a value, filled in batches.

#include <span>
#include <string>
#include <vector>

#include "engine/xgboost_call.hpp"
#include "mf/dataset/batch_source.hpp"

namespace mf::engine {

struct QuantileSettings {
  std::string max_bin = "256";  ///< as the booster will be told it
  int threads = 1;
};

/// The rows of `source` with their labels and weights, in bins of their own. They are gone over three times, to count
/// them, to bin them, and to turn the bins into columns, after the cuts were found (cut_rows). However the source cuts
/// its batches, the matrix is the same, and so is every model trained on it. Throws ENGINE_FAILED, OUT_OF_MEMORY, or
/// what `source` throws.
MatrixHandle quantile_matrix(dataset::BatchSource& source, const QuantileSettings& settings);

/// A matrix that holds no rows of its own, but is told where a batch lies.
MatrixHandle new_proxy();

/// Tells `matrix` which of its features are categories (dataset::BatchSource). Throws ENGINE_FAILED.
void set_feature_types(const MatrixHandle& matrix, const std::vector<std::size_t>& categories);

/// Gives `values` to `matrix`. Throws ENGINE_FAILED.
void set_info(const MatrixHandle& matrix, const char* field, std::span<const float> values);

}  // namespace mf::engine
