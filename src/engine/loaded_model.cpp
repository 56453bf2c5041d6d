#include "engine/loaded_model.hpp"

#include "engine/feature_names.hpp"
#include "engine/model_structure.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

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

}  // namespace

LoadedModel load_model(std::string_view model, const std::vector<std::string>& feature_names, int threads) {
  std::string booster = sound_booster(model);
  LoadedModel loaded{load(model, threads), std::move(booster)};
  require_features(feature_names, feature_names_of(loaded.handle));
  return loaded;
}

void require_rows_of(const ModelHandle& model, const dataset::BatchSource& rows) {
  require_features(feature_names_of(model), rows.feature_names());
  require_categories(model, rows);
}

}  // namespace mf::engine
