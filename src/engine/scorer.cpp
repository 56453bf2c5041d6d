#include "engine/array_interface.hpp"
#include "engine/feature_names.hpp"
#include "engine/model_structure.hpp"
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

}  // namespace

struct Scorer::State {
  ModelHandle model;
};

Scorer::Scorer(std::string_view model, const std::vector<std::string>& feature_names, int threads) {
  silence_engine();
  require_sound_structure(model);
  state_ = std::make_unique<State>(State{load(model, threads)});
  require_features(feature_names, feature_names_of(state_->model));
}

Scorer::~Scorer() = default;
Scorer::Scorer(Scorer&&) noexcept = default;
Scorer& Scorer::operator=(Scorer&&) noexcept = default;

std::vector<float> Scorer::score(dataset::BatchSource& rows) const {
  silence_engine();
  require_features(feature_names_of(state_->model), rows.feature_names());
  std::vector<float> scores;
  scores.reserve(rows.row_count());
  rows.rewind();
  while (const auto batch = rows.next()) {
    require_finite(*batch, rows.feature_names());
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    float const* answers = nullptr;
    call(xgboost().XGBoosterPredictFromDense(
        state_->model.get(), array_interface(batch->features, batch->rows.size(), rows.feature_names().size()).c_str(),
        kPredictConfig, nullptr, &shape, &dimensions, &answers));
    scores.insert(scores.end(), answers, answers + batch->rows.size());
  }
  return scores;
}

std::vector<float> Scorer::score(const dataset::Rows& rows, const std::vector<std::size_t>& wanted) const {
  RowBatches batches(rows, wanted);
  return score(batches);
}

}  // namespace mf::engine
