#pragma once
// Rows as XGBoost's quantile matrix: about two bytes a value, filled in batches.

#include <span>
#include <string>

#include "engine/xgboost_call.hpp"
#include "mf/dataset/batch_source.hpp"

namespace mf::engine {

struct QuantileSettings {
  std::string max_bin;  ///< as the booster will be told it; empty leaves it to XGBoost
  int threads = 1;
};

/// The rows of `source` with their labels and weights, in bins of their own. XGBoost goes over them four times: it
/// counts, sketches, bins, and turns the bins into columns. However the source cuts its batches, the matrix is the
/// same, and so is every model trained on it. Throws ENGINE_FAILED, OUT_OF_MEMORY, or what `source` throws.
MatrixHandle quantile_matrix(dataset::BatchSource& source, const QuantileSettings& settings);

/// A matrix that holds no rows of its own, but is told where a batch lies.
MatrixHandle new_proxy();

/// Gives `values` to `matrix`. Throws ENGINE_FAILED.
void set_info(const MatrixHandle& matrix, const char* field, std::span<const float> values);

}  // namespace mf::engine
