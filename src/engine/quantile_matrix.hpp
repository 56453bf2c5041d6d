#pragma once
// Rows as XGBoost's quantile matrix: about a byte a value, filled in batches.

#include <cstddef>
#include <string>
#include <vector>

#include "engine/xgboost_call.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::engine {

struct QuantileSettings {
  std::string max_bin;  ///< as the booster will be told it; empty leaves it to XGBoost
  int threads = 1;
};

/// The rows `wanted` of `rows` with their labels and weights, in bins of their own. No second float copy of the rows is
/// made beyond one batch. Throws ENGINE_FAILED, OUT_OF_MEMORY.
MatrixHandle quantile_matrix(const dataset::Rows& rows, const std::vector<std::size_t>& wanted,
                             const QuantileSettings& settings);

}  // namespace mf::engine
