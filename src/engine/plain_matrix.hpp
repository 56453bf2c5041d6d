#pragma once
// Rows as XGBoost's plain matrix: about eight bytes a value, and much faster to predict from than a quantile matrix.

#include <cstddef>
#include <vector>

#include "engine/xgboost_call.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::engine {

/// The rows `wanted` of `rows` with their labels and weights. Throws ENGINE_FAILED, OUT_OF_MEMORY.
MatrixHandle plain_matrix(const dataset::Rows& rows, const std::vector<std::size_t>& wanted, int threads);

}  // namespace mf::engine
