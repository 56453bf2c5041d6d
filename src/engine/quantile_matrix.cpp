#include "engine/quantile_matrix.hpp"

#include <exception>

#include "engine/row_batches.hpp"
#include "engine/xgboost_library.hpp"

namespace mf::engine {
namespace {

MatrixHandle new_proxy() {
  DMatrixHandle handle = nullptr;
  call(xgboost().XGProxyDMatrixCreate(&handle));
  return MatrixHandle(handle);
}

// Feeds batches to XGBoost, which calls back through C: no exception may pass there, so it waits in failure_.
class Feed {
 public:
  Feed(const dataset::Rows& rows, const std::vector<std::size_t>& wanted)
      : batches_(rows, wanted), proxy_(new_proxy()) {}

  static int next(void* feed) noexcept { return static_cast<Feed*>(feed)->give_next() ? 1 : 0; }
  static void reset(void* feed) noexcept { static_cast<Feed*>(feed)->batches_.reset(); }

  [[nodiscard]] void* proxy() const { return proxy_.get(); }
  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  bool give_next() noexcept {
    try {
      if (failure_ || !batches_.next()) return false;
      give();
      return true;
    } catch (...) {
      failure_ = std::current_exception();
      return false;
    }
  }

  void give() {
    call(xgboost().XGProxyDMatrixSetDataDense(proxy(), batches_.features_interface().c_str()));
    give("label", batches_.labels());
    const auto weights = batches_.weights();
    if (!weights.empty()) give("weight", weights);
  }

  void give(const char* field, const std::vector<float>& values) {
    call(xgboost().XGDMatrixSetFloatInfo(proxy(), field, values.data(), values.size()));
  }

  RowBatches batches_;
  MatrixHandle proxy_;
  std::exception_ptr failure_;
};

std::string config_of(const QuantileSettings& settings) {
  const std::string bins = settings.max_bin.empty() ? "" : R"(, "max_bin": )" + settings.max_bin;
  return R"({"missing": NaN, "nthread": )" + std::to_string(settings.threads) + bins + "}";
}

}  // namespace

MatrixHandle quantile_matrix(const dataset::Rows& rows, const std::vector<std::size_t>& wanted,
                             const QuantileSettings& settings) {
  Feed feed(rows, wanted);
  DMatrixHandle handle = nullptr;
  const int status = xgboost().XGQuantileDMatrixCreateFromCallback(&feed, feed.proxy(), nullptr, &Feed::reset,
                                                                   &Feed::next, config_of(settings).c_str(), &handle);
  MatrixHandle matrix(status == 0 ? handle : nullptr);
  feed.rethrow_failure();
  call(status);
  return matrix;
}

}  // namespace mf::engine
