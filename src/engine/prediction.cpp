#include "engine/prediction.hpp"

#include <functional>
#include <numeric>
#include <string>

#include "engine/array_interface.hpp"
#include "engine/xgboost_library.hpp"

namespace mf::engine {
namespace {

MatrixHandle unlabelled(std::span<const float> features, std::size_t rows, int threads) {
  const std::string config = R"({"missing": NaN, "nthread": )" + std::to_string(threads) + "}";
  DMatrixHandle handle = nullptr;
  call(xgboost().XGDMatrixCreateFromDense(array_interface(features, rows, features.size() / rows).c_str(),
                                          config.c_str(), &handle));
  return MatrixHandle(handle);
}

// XGBoost's numbers for the kinds of answers.
const char* type_of(Answer answer) {
  switch (answer) {
    case Answer::score:
      return "0";
    case Answer::margin:
      return "1";
    case Answer::contributions:
      return "2";
    case Answer::interactions:
      return "4";
  }
  return "0";
}

}  // namespace

std::vector<float> predict(const ModelHandle& model, std::span<const float> features, std::size_t rows, Answer answer,
                           int threads) {
  const MatrixHandle matrix = unlabelled(features, rows, threads);
  const std::string config = std::string(R"({"type": )") + type_of(answer) +
                             R"(, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false})";
  bst_ulong const* shape = nullptr;
  bst_ulong dimensions = 0;
  float const* answers = nullptr;
  call(xgboost().XGBoosterPredictFromDMatrix(model.get(), matrix.get(), config.c_str(), &shape, &dimensions, &answers));
  return {answers, answers + std::accumulate(shape, shape + dimensions, std::size_t{1}, std::multiplies<>{})};
}

}  // namespace mf::engine
