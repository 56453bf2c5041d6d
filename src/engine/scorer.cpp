#include "engine/array_interface.hpp"
#include "engine/loaded_model.hpp"
#include "engine/prediction.hpp"
#include "engine/row_batches.hpp"
#include "engine/xgboost_call.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/engine/booster.hpp"

namespace mf::engine {
namespace {

constexpr auto kPredictConfig =
    R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false, )"
    R"("missing": NaN, "cache_id": 0})";

// Without a matrix of its own, which trees do not need.
std::vector<float> predict_in_place(const ModelHandle& model, const dataset::RowBatch& batch) {
  bst_ulong const* shape = nullptr;
  bst_ulong dimensions = 0;
  float const* answers = nullptr;
  const std::size_t rows = batch.rows.size();
  call(xgboost().XGBoosterPredictFromDense(model.get(),
                                           array_interface(batch.features, rows, batch.features.size() / rows).c_str(),
                                           kPredictConfig, nullptr, &shape, &dimensions, &answers));
  return {answers, answers + rows};
}

}  // namespace

struct Scorer::State {
  ModelHandle model;
  bool in_place;
  int threads;
};

Scorer::Scorer(std::string_view model, const std::vector<std::string>& feature_names, int threads) {
  silence_engine();
  auto loaded = load_model(model, feature_names, threads);
  state_ = std::make_unique<State>(State{std::move(loaded.handle), loaded.booster == "gbtree", threads});
}

Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;

std::vector<float> Scorer::score(dataset::BatchSource& rows) const {
  silence_engine();
  require_rows_of(state_->model, rows);
  std::vector<float> scores;
  scores.reserve(rows.row_count());
  rows.rewind();
  while (const auto batch = rows.next()) {
    require_usable(*batch, rows);
    const auto answers =
        state_->in_place ? predict_in_place(state_->model, *batch)
                         : predict(state_->model, batch->features, batch->rows.size(), Answer::score, state_->threads);
    scores.insert(scores.end(), answers.begin(), answers.end());
  }
  return scores;
}

std::vector<float> Scorer::score(const dataset::Rows& rows, const std::vector<std::size_t>& wanted) const {
  RowBatches batches(rows, wanted);
  return score(batches);
}

}  // namespace mf::engine
