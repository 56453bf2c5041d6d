#include "engine/quantile_matrix.hpp"

#include <exception>

#include "engine/array_interface.hpp"
#include "engine/row_batches.hpp"
#include "engine/xgboost_library.hpp"

namespace mf::engine {
namespace {

// Feeds batches to XGBoost, which calls back through C: no exception may pass there, so it waits in failure_.
class Feed {
 public:
  explicit Feed(dataset::BatchSource& source) : source_(source), proxy_(new_proxy()) { source_.rewind(); }

  static int next(void* feed) noexcept { return static_cast<Feed*>(feed)->give_next() ? 1 : 0; }
  static void reset(void* feed) noexcept { static_cast<Feed*>(feed)->go_back(); }

  [[nodiscard]] void* proxy() const { return proxy_.get(); }
  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  bool give_next() noexcept {
    try {
      const auto batch = failure_ ? std::nullopt : source_.next();
      if (batch) give(*batch);
      return batch.has_value();
    } catch (...) {
      failure_ = std::current_exception();
      return false;
    }
  }

  void go_back() noexcept {
    try {
      source_.rewind();
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  void give(const dataset::RowBatch& batch) {
    const auto& names = source_.feature_names();
    require_finite(batch, names);
    call(xgboost().XGProxyDMatrixSetDataDense(
        proxy(), array_interface(batch.features, batch.rows.size(), names.size()).c_str()));
    set_info(proxy_, "label", batch.labels);
    if (!batch.weights.empty()) set_info(proxy_, "weight", batch.weights);
  }

  dataset::BatchSource& source_;
  MatrixHandle proxy_;
  std::exception_ptr failure_;
};

std::string config_of(const QuantileSettings& settings) {
  const std::string bins = settings.max_bin.empty() ? "" : R"(, "max_bin": )" + settings.max_bin;
  return R"({"missing": NaN, "nthread": )" + std::to_string(settings.threads) + bins + "}";
}

}  // namespace

MatrixHandle quantile_matrix(dataset::BatchSource& source, const QuantileSettings& settings) {
  Feed feed(source);
  DMatrixHandle handle = nullptr;
  const int status = xgboost().XGQuantileDMatrixCreateFromCallback(&feed, feed.proxy(), nullptr, &Feed::reset,
                                                                   &Feed::next, config_of(settings).c_str(), &handle);
  MatrixHandle matrix(status == 0 ? handle : nullptr);
  feed.rethrow_failure();
  call(status);
  return matrix;
}

MatrixHandle new_proxy() {
  DMatrixHandle handle = nullptr;
  call(xgboost().XGProxyDMatrixCreate(&handle));
  return MatrixHandle(handle);
}

void set_info(const MatrixHandle& matrix, const char* field, std::span<const float> values) {
  call(xgboost().XGDMatrixSetFloatInfo(matrix.get(), field, values.data(), values.size()));
}

}  // namespace mf::engine
