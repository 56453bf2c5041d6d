#include "mf/engine/booster.hpp"

#include <algorithm>

#include "engine/early_stopping.hpp"
#include "engine/feature_names.hpp"
#include "engine/plain_matrix.hpp"
#include "engine/quantile_matrix.hpp"
#include "engine/row_batches.hpp"
#include "engine/row_parameters.hpp"
#include "engine/watched_rows.hpp"
#include "engine/xgboost_call.hpp"
#include "engine/xgboost_library.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"

namespace mf::engine {
namespace {

using Kind = AlgorithmRow::Kind;

QuantileSettings quantile_settings(const EngineParameters& parameters, int threads) {
  QuantileSettings settings{.threads = threads};
  for (const auto& [name, text] : parameters) {
    if (name == "max_bin") settings.max_bin = text;
  }
  return settings;
}

std::optional<EarlyStopping> early_stopping(const contracts::TrainingProfile::Algorithm& algorithm) {
  if (!algorithm.early_stopping_rounds) return std::nullopt;
  return EarlyStopping(*find_stopping_metric(algorithm.early_stopping_metric.value()),
                       *algorithm.early_stopping_rounds);
}

void set(const ModelHandle& model, const std::string& name, const std::string& text) {
  call(xgboost().XGBoosterSetParam(model.get(), name.c_str(), text.c_str()));
}

ModelHandle new_model(const std::vector<DMatrixHandle>& matrices, const EngineParameters& parameters,
                      const FitSettings& settings) {
  BoosterHandle handle = nullptr;
  call(xgboost().XGBoosterCreate(matrices.data(), matrices.size(), &handle));
  ModelHandle model(handle);
  for (const auto& [name, text] : parameters) set(model, name, text);
  set(model, "seed", std::to_string(settings.seed));
  set(model, "nthread", std::to_string(settings.threads));
  return model;
}

ModelHandle cut_to(ModelHandle model, std::int64_t rounds) {
  BoosterHandle handle = nullptr;
  const int status = xgboost().XGBoosterSlice(model.get(), 0, static_cast<int>(rounds), 1, &handle);
  ModelHandle cut(status == 0 ? handle : nullptr);
  call(status);
  return cut;
}

std::string saved(const ModelHandle& model) {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  call(xgboost().XGBoosterSaveModelToBuffer(model.get(), R"({"format": "ubj"})", &size, &bytes));
  return {bytes, size};
}

// XGBoost's plain matrix takes eight bytes a value: above 64 MiB of it, time is cheaper than memory.
constexpr std::size_t kMostValuesInMemory = std::size_t{8} << 20;

std::unique_ptr<WatchedRows> watch(dataset::BatchSource& rows, const contracts::TrainingProfile& profile, int threads) {
  const bool fits = rows.row_count() * rows.feature_names().size() <= kMostValuesInMemory;
  if (fits) return watch_in_memory(rows, threads);
  const auto* metric = find_stopping_metric(profile.algorithm.early_stopping_metric.value());
  return watch_streaming(rows, {.metric = std::string(metric->engine_name),
                                .objective = std::string(objective_of(profile).name),
                                .rounds_only_add = algorithm_of(profile).kind == Kind::gbtree,
                                .threads = threads});
}

void require_few_categories(const dataset::BatchSource& rows) {
  const auto categories = rows.categories();
  const auto found = std::ranges::find_if(categories, [](std::size_t count) { return count > kMostCategories; });
  if (found == categories.end()) return;
  const auto& name = rows.feature_names()[static_cast<std::size_t>(found - categories.begin())];
  throw Error(Code::ENGINE_FAILED, "feature " + name + " has " + std::to_string(*found) + " categories",
              {{"expected", "at most " + std::to_string(kMostCategories)}},
              "Leave the feature out, or gather its rare values under one name.");
}

// Coordinate descent needs the values themselves.
MatrixHandle train_matrix(dataset::BatchSource& rows, Kind kind, const EngineParameters& parameters, int threads) {
  if (kind == Kind::gblinear) return plain_matrix(rows, threads);
  return quantile_matrix(rows, quantile_settings(parameters, threads));
}

// Coordinate descent adds its gradients up per thread, so the last bits of a step are those of one number of threads.
FitSettings settings_for(Kind kind, FitSettings settings) {
  if (kind == Kind::gblinear) settings.threads = 1;
  return settings;
}

// One model in the making: its matrices, what it has learnt so far, and when to stop.
class Training {
 public:
  Training(const FitRows& rows, const contracts::TrainingProfile& profile, const FitSettings& settings)
      : kind_(algorithm_of(profile).kind),
        rounds_(profile.algorithm.rounds),
        stopping_(early_stopping(profile.algorithm)),
        parameters_(parameters_for(profile, rows.train)),
        train_(train_matrix(rows.train, kind_, parameters_, settings.threads)) {
    if (stopping_) watched_ = watch(rows.validation, profile, settings.threads);
    model_ = new_model(matrices(), parameters_, settings_for(kind_, settings));
    set_feature_names(model_, rows.train.feature_names(), rows.train.categories());
  }

  void boost(const RoundObserver& observer) {
    while (rounds_run_ < rounds_ && !(stopping_ && stopping_->patience_spent())) {
      const Round round = boost_once();
      if (observer) observer(round);
    }
  }

  Fit finish(const dataset::BatchSource& train) {
    const std::int64_t kept = stopping_ ? stopping_->best_round() : rounds_run_;
    return {.model = kept < rounds_run_ ? model_of(kept, train) : saved(model_),
            .parameters = std::move(parameters_),
            .rounds_run = rounds_run_,
            .rounds_kept = kept,
            .best_metric = stopping_ ? stopping_->best_value() : std::nullopt,
            .stopped_early = rounds_run_ < rounds_};
  }

 private:
  [[nodiscard]] std::vector<DMatrixHandle> matrices() const {
    if (!watched_ || watched_->matrix() == nullptr) return {train_.get()};
    return {train_.get(), watched_->matrix()};
  }

  // Only where a round adds trees, and leaves those before as they are, can a model be cut back to an earlier round.
  [[nodiscard]] bool can_be_cut() const { return kind_ == Kind::gbtree; }

  std::string model_of(std::int64_t round, const dataset::BatchSource& train) {
    if (!can_be_cut()) return std::move(best_model_);
    model_ = cut_to(std::move(model_), round);
    set_feature_names(model_, train.feature_names(), train.categories());
    return saved(model_);
  }

  Round boost_once() {
    const int index = static_cast<int>(rounds_run_);
    call(xgboost().XGBoosterUpdateOneIter(model_.get(), index, train_.get()));
    Round round{.number = ++rounds_run_, .of = rounds_, .metric = {}};
    if (stopping_) {
      round.metric = watched_->metric_after(index, model_);
      stopping_->see(round.number, *round.metric);
      if (!can_be_cut() && stopping_->best_round() == round.number) best_model_ = saved(model_);
    }
    return round;
  }

  Kind kind_;
  std::int64_t rounds_;
  std::int64_t rounds_run_ = 0;
  std::optional<EarlyStopping> stopping_;
  EngineParameters parameters_;
  MatrixHandle train_;
  std::unique_ptr<WatchedRows> watched_;
  ModelHandle model_;
  std::string best_model_;
};

}  // namespace

Fit fit(const FitRows& rows, const contracts::TrainingProfile& profile, const FitSettings& settings,
        const RoundObserver& observer) {
  silence_engine();
  require_portable_names(rows.train.feature_names());
  require_few_categories(rows.train);
  check_features(profile, rows.train.feature_names(), rows.train.categories());
  Training training(rows, profile, settings);
  training.boost(observer);
  return training.finish(rows.train);
}

Fit fit(const dataset::Rows& rows, const std::vector<std::size_t>& train, const std::vector<std::size_t>& validation,
        const contracts::TrainingProfile& profile, const FitSettings& settings, const RoundObserver& observer) {
  RowBatches of_train(rows, train), of_validation(rows, validation);
  return fit({of_train, of_validation}, profile, settings, observer);
}

std::string engine_version() {
  int major = 0, minor = 0, patch = 0;
  xgboost().XGBoostVersion(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace mf::engine
