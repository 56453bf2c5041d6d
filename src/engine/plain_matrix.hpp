#pragma once
// Rows as XGBoost's plain matrix: eight bytes a value, and the fastest to predict from, round after round.

#include "engine/xgboost_call.hpp"
#include "mf/dataset/batch_source.hpp"

namespace mf::engine {

/// The rows of `source` with their labels and weights. While it is made, four bytes a value more. Throws ENGINE_FAILED,
/// OUT_OF_MEMORY, or what `source` throws.
MatrixHandle plain_matrix(dataset::BatchSource& source, int threads);

}  // namespace mf::engine
