#include "engine/watched_rows.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "engine/array_interface.hpp"
#include "engine/early_stopping.hpp"
#include "engine/plain_matrix.hpp"
#include "engine/prediction.hpp"
#include "engine/quantile_matrix.hpp"
#include "engine/row_batches.hpp"

namespace mf::engine {
namespace {

double evaluated(const ModelHandle& model, int round, const MatrixHandle& rows) {
  std::array<DMatrixHandle, 1> matrices{rows.get()};
  std::array<const char*, 1> names{"validation"};
  const char* printed = nullptr;
  call(xgboost().XGBoosterEvalOneIter(model.get(), round, matrices.data(), names.data(), matrices.size(), &printed));
  return metric_value(printed);
}

class InMemory : public WatchedRows {
 public:
  InMemory(dataset::BatchSource& source, int threads) : matrix_(plain_matrix(source, threads)) {}

  [[nodiscard]] DMatrixHandle matrix() const override { return matrix_.get(); }
  double metric_after(int round, const ModelHandle& model) override { return evaluated(model, round, matrix_); }

 private:
  MatrixHandle matrix_;
};

// A tree's answers are added to the margins of the round before, in the order in which XGBoost adds them; where a round
// changes more than that, the whole model answers. A model without trees, which predicts the margins it is given, then
// lends its metric.
class Streaming : public WatchedRows {
 public:
  Streaming(dataset::BatchSource& source, const StreamingSettings& settings)
      : source_(source), settings_(settings), proxy_(new_proxy()), margins_(source.row_count()) {
    make_judged();
    make_judge();
  }

  double metric_after(int round, const ModelHandle& model) override {
    const std::string config = round_config(round);
    std::size_t begin = 0;
    source_.rewind();
    while (const auto batch = source_.next()) {
      if (round == 0) require_usable(*batch, source_);
      const auto margins = std::span(margins_).subspan(begin, batch->labels.size());
      if (settings_.rounds_only_add)
        add_round(round, model, *batch, config, margins);
      else
        answer_anew(model, *batch, margins);
      begin += batch->labels.size();
    }
    set_info(judged_, "base_margin", margins_);
    return evaluated(judge_, round, judged_);
  }

 private:
  // One column without a value: only labels, weights and margins count.
  void make_judged() {
    std::vector<float> labels, weights;
    source_.rewind();
    while (const auto batch = source_.next()) {
      labels.insert(labels.end(), batch->labels.begin(), batch->labels.end());
      weights.insert(weights.end(), batch->weights.begin(), batch->weights.end());
    }
    const std::vector<float> nothing(labels.size(), std::numeric_limits<float>::quiet_NaN());
    DMatrixHandle handle = nullptr;
    call(xgboost().XGDMatrixCreateFromDense(array_interface(nothing, nothing.size(), 1).c_str(), R"({"missing": NaN})",
                                            &handle));
    judged_ = MatrixHandle(handle);
    set_info(judged_, "label", labels);
    if (!weights.empty()) set_info(judged_, "weight", weights);
  }

  void make_judge() {
    DMatrixHandle matrix = judged_.get();
    BoosterHandle handle = nullptr;
    call(xgboost().XGBoosterCreate(&matrix, 1, &handle));
    judge_ = ModelHandle(handle);
    const std::array<std::pair<const char*, std::string>, 3> parameters{
        {{"objective", settings_.objective},
         {"eval_metric", settings_.metric},
         {"nthread", std::to_string(settings_.threads)}}};
    for (const auto& [name, text] : parameters) call(xgboost().XGBoosterSetParam(handle, name, text.c_str()));
    // A booster that configures itself seeds the random numbers of all; this one does it now, before any is drawn.
    bst_ulong features = 0;
    call(xgboost().XGBoosterGetNumFeature(handle, &features));
  }

  static std::string round_config(int round) {
    return R"({"type": 1, "training": false, "iteration_begin": )" + std::to_string(round) + R"(, "iteration_end": )" +
           std::to_string(round + 1) + R"(, "strict_shape": false, "missing": NaN, "cache_id": 0})";
  }

  void add_round(int round, const ModelHandle& model, const dataset::RowBatch& batch, const std::string& config,
                 std::span<float> margins) {
    const std::string interface = array_interface(batch.features, batch.rows.size(), source_.feature_names().size());
    if (round > 0) {
      call(xgboost().XGProxyDMatrixSetDataDense(proxy_.get(), interface.c_str()));
      set_info(proxy_, "base_margin", margins);
    }
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    float const* answers = nullptr;
    // Before the first round the margin is the model's own.
    DMatrixHandle before = round == 0 ? nullptr : proxy_.get();
    call(xgboost().XGBoosterPredictFromDense(model.get(), interface.c_str(), config.c_str(), before, &shape,
                                             &dimensions, &answers));
    std::copy_n(answers, margins.size(), margins.begin());
  }

  void answer_anew(const ModelHandle& model, const dataset::RowBatch& batch, std::span<float> margins) const {
    const auto answers = predict(model, batch.features, batch.rows.size(), Answer::margin, settings_.threads);
    std::ranges::copy(answers, margins.begin());
  }

  dataset::BatchSource& source_;
  StreamingSettings settings_;
  MatrixHandle proxy_, judged_;
  ModelHandle judge_;
  std::vector<float> margins_;
};

}  // namespace

std::unique_ptr<WatchedRows> watch_in_memory(dataset::BatchSource& source, int threads) {
  return std::make_unique<InMemory>(source, threads);
}

std::unique_ptr<WatchedRows> watch_streaming(dataset::BatchSource& source, const StreamingSettings& settings) {
  return std::make_unique<Streaming>(source, settings);
}

}  // namespace mf::engine
