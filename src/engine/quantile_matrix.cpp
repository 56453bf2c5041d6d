#include "engine/quantile_matrix.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/array_interface.hpp"
#include "engine/feature_cuts.hpp"
#include "engine/feature_names.hpp"
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
    require_usable(batch, source_);
    call(xgboost().XGProxyDMatrixSetDataDense(
        proxy(), array_interface(batch.features, batch.rows.size(), names.size()).c_str()));
    set_feature_types(proxy_, source_.categories());
    if (!batch.labels.empty()) set_info(proxy_, "label", batch.labels);
    if (!batch.weights.empty()) set_info(proxy_, "weight", batch.weights);
  }

  dataset::BatchSource& source_;
  MatrixHandle proxy_;
  std::exception_ptr failure_;
};

std::string config_of(const QuantileSettings& settings) {
  return R"({"missing": NaN, "nthread": )" + std::to_string(settings.threads) + R"(, "max_bin": )" + settings.max_bin +
         "}";
}

// One batch of features as `like` has them, without labels.
class OneBatch : public dataset::BatchSource {
 public:
  OneBatch(const dataset::BatchSource& like, const std::vector<float>& features)
      : like_(like), features_(features), rows_(features.size() / std::max<std::size_t>(1, feature_names().size())) {}

  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return like_.feature_names(); }
  [[nodiscard]] std::vector<std::size_t> categories() const override { return like_.categories(); }
  [[nodiscard]] std::size_t row_count() const override { return rows_.size(); }
  std::optional<dataset::RowBatch> next() override {
    if (std::exchange(given_, true)) return {};
    return dataset::RowBatch{rows_, features_, {}, {}};
  }
  void rewind() override { given_ = false; }

 private:
  const dataset::BatchSource& like_;
  const std::vector<float>& features_;
  std::vector<std::size_t> rows_;
  bool given_ = false;
};

MatrixHandle matrix_with_cuts_of(DMatrixHandle cuts, dataset::BatchSource& source, const QuantileSettings& settings) {
  Feed feed(source);
  DMatrixHandle handle = nullptr;
  const int status = xgboost().XGQuantileDMatrixCreateFromCallback(&feed, feed.proxy(), cuts, &Feed::reset, &Feed::next,
                                                                   config_of(settings).c_str(), &handle);
  MatrixHandle matrix(status == 0 ? handle : nullptr);
  feed.rethrow_failure();
  call(status);
  return matrix;
}

}  // namespace

MatrixHandle quantile_matrix(dataset::BatchSource& source, const QuantileSettings& settings) {
  // From so few rows XGBoost's own sketch gives back each of their values as a cut.
  const auto rows = cut_rows(source, std::stoul(settings.max_bin), settings.threads);
  OneBatch batch(source, rows);
  const MatrixHandle cuts = matrix_with_cuts_of(nullptr, batch, settings);
  return matrix_with_cuts_of(cuts.get(), source, settings);
}

MatrixHandle new_proxy() {
  DMatrixHandle handle = nullptr;
  call(xgboost().XGProxyDMatrixCreate(&handle));
  return MatrixHandle(handle);
}

void set_feature_types(const MatrixHandle& matrix, const std::vector<std::size_t>& categories) {
  if (std::ranges::all_of(categories, [](std::size_t count) { return count == 0; })) return;
  auto types = type_names(categories);
  call(xgboost().XGDMatrixSetStrFeatureInfo(matrix.get(), "feature_type", types.data(), types.size()));
}

void set_info(const MatrixHandle& matrix, const char* field, std::span<const float> values) {
  call(xgboost().XGDMatrixSetFloatInfo(matrix.get(), field, values.data(), values.size()));
}

}  // namespace mf::engine
