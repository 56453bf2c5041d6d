#include "engine/plain_matrix.hpp"

#include <string>
#include <vector>

#include "engine/array_interface.hpp"
#include "engine/quantile_matrix.hpp"
#include "engine/row_batches.hpp"
#include "engine/xgboost_library.hpp"

namespace mf::engine {
namespace {

struct Gathered {
  std::vector<float> features, labels, weights;
};

void append(std::vector<float>& to, std::span<const float> values) {
  to.insert(to.end(), values.begin(), values.end());
}

Gathered gather(dataset::BatchSource& source) {
  Gathered all;
  all.features.reserve(source.row_count() * source.feature_names().size());
  source.rewind();
  while (const auto batch = source.next()) {
    require_usable(*batch, source);
    append(all.features, batch->features);
    append(all.labels, batch->labels);
    append(all.weights, batch->weights);
  }
  return all;
}

}  // namespace

MatrixHandle plain_matrix(dataset::BatchSource& source, int threads) {
  const Gathered all = gather(source);
  const std::string config = R"({"missing": NaN, "nthread": )" + std::to_string(threads) + "}";
  DMatrixHandle handle = nullptr;
  const int status = xgboost().XGDMatrixCreateFromDense(
      array_interface(all.features, all.labels.size(), source.feature_names().size()).c_str(), config.c_str(), &handle);
  MatrixHandle matrix(status == 0 ? handle : nullptr);
  call(status);
  set_feature_types(matrix, source.categories());
  set_info(matrix, "label", all.labels);
  if (!all.weights.empty()) set_info(matrix, "weight", all.weights);
  return matrix;
}

}  // namespace mf::engine
