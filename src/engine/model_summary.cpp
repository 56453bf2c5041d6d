#include "mf/engine/model_summary.hpp"

#include <nlohmann/json.hpp>

#include "engine/model_structure.hpp"
#include "engine/xgboost_call.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

std::string objective_of(std::string_view model) {
  const auto document = nlohmann::json::from_ubjson(model);
  return document.at("learner").at("objective").at("name").get<std::string>();
}

std::int64_t rounds_of(std::string_view model) {
  silence_engine();
  BoosterHandle handle = nullptr;
  call(xgboost().XGBoosterCreate(nullptr, 0, &handle));
  const ModelHandle booster(handle);
  call(xgboost().XGBoosterLoadModelFromBuffer(booster.get(), model.data(), model.size()));
  int rounds = 0;
  call(xgboost().XGBoosterBoostedRounds(booster.get(), &rounds));
  return rounds;
}

}  // namespace

ModelSummary summary_of(std::string_view model) {
  // Nothing is loaded, nor looked up, before the structure is known to be sound.
  std::string booster = sound_booster(model);
  return {std::move(booster), objective_of(model), rounds_of(model)};
}

void require_model_of(std::string_view model, const std::vector<std::string>& feature_names) {
  sound_booster(model);
  const auto present = nlohmann::json::from_ubjson(model).at("learner").at("feature_names");
  if (present != nlohmann::json(feature_names))
    throw Error(Code::ENGINE_FAILED, "the model takes other features, or the same in another order");
}

}  // namespace mf::engine
