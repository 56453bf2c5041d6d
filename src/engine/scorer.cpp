#include "engine/array_interface.hpp"
#include "engine/feature_names.hpp"
#include "engine/model_structure.hpp"
#include "engine/prediction.hpp"
#include "engine/row_batches.hpp"
#include "engine/xgboost_call.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/engine/booster.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

constexpr auto kPredictConfig =
    R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false, )"
    R"("missing": NaN, "cache_id": 0})";

ModelHandle load(std::string_view bytes, int threads) {
  BoosterHandle handle = nullptr;
  call(xgboost().XGBoosterCreate(nullptr, 0, &handle));
  ModelHandle model(handle);
  call(xgboost().XGBoosterSetParam(model.get(), "nthread", std::to_string(threads).c_str()));
  call(xgboost().XGBoosterLoadModelFromBuffer(model.get(), bytes.data(), bytes.size()));
  return model;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void require_features(const std::vector<std::string>& wanted, const std::vector<std::string>& present) {
  if (wanted == present) return;
  throw Error(Code::ENGINE_FAILED, "the model was trained on other features, or on the same in another order",
              {{"expected", joined(wanted)}, {"observed", joined(present)}},
              "Score with the features of the model, in its order.");
}

void require_categories(const ModelHandle& model, const dataset::BatchSource& rows) {
  const auto wanted = category_features_of(model);
  const auto present = rows.categories();
  for (std::size_t j = 0; j < wanted.size(); ++j) {
    if (wanted[j] == (present[j] != 0)) continue;
    throw Error(Code::ENGINE_FAILED, "the model was trained on other types of features",
                {{"feature", rows.feature_names()[j]},
                 {"expected", wanted[j] ? "a category" : "a number"},
                 {"observed", wanted[j] ? "a number" : "a category"}});
  }
}

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
  const bool in_place = sound_booster(model) == "gbtree";
  state_ = std::make_unique<State>(State{load(model, threads), in_place, threads});
  require_features(feature_names, feature_names_of(state_->model));
}

Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;

std::vector<float> Scorer::score(dataset::BatchSource& rows) const {
  silence_engine();
  require_features(feature_names_of(state_->model), rows.feature_names());
  require_categories(state_->model, rows);
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
