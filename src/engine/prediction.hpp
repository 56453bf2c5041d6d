#pragma once
// What a model says of rows, bit for bit as XGBoost's own predict.

#include <span>
#include <vector>

#include "engine/xgboost_call.hpp"

namespace mf::engine {

/// How many numbers a row is answered with: one; one; features + 1; (features + 1) squared.
enum class Answer { score, margin, contributions, interactions };

/// Answers of the whole of `model` for `rows` rows, row-major, by way of a plain matrix: what every kind of model can
/// do, and for dropped trees the only way that adds up as predict does. Only trees have interactions. Throws
/// ENGINE_FAILED or OUT_OF_MEMORY.
std::vector<float> predict(const ModelHandle& model, std::span<const float> features, std::size_t rows, Answer answer,
                           int threads);

}  // namespace mf::engine
