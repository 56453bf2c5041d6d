#include "engine/plain_matrix.hpp"

#include <string>

#include "engine/row_batches.hpp"
#include "engine/xgboost_library.hpp"

namespace mf::engine {
namespace {

void give(const MatrixHandle& matrix, const char* field, const std::vector<float>& values) {
  call(xgboost().XGDMatrixSetFloatInfo(matrix.get(), field, values.data(), values.size()));
}

}  // namespace

MatrixHandle plain_matrix(const dataset::Rows& rows, const std::vector<std::size_t>& wanted, int threads) {
  RowBatches all(rows, wanted, wanted.size());
  all.next();
  const std::string config = R"({"missing": NaN, "nthread": )" + std::to_string(threads) + "}";
  DMatrixHandle handle = nullptr;
  const int status = xgboost().XGDMatrixCreateFromDense(all.features_interface().c_str(), config.c_str(), &handle);
  MatrixHandle matrix(status == 0 ? handle : nullptr);
  call(status);
  give(matrix, "label", all.labels());
  const auto weights = all.weights();
  if (!weights.empty()) give(matrix, "weight", weights);
  return matrix;
}

}  // namespace mf::engine
