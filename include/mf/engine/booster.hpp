#pragma once
// Fitting gradient-boosted trees or a linear model, and scoring with the model file.
//
// Room: engine (the only room that touches the XGBoost C API).  Models are UBJ bytes as XGBoost itself writes them,
// with the feature names inside; any XGBoost from 1.7 on loads them.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/batch_source.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/engine/parameters.hpp"

namespace mf::engine {

/// What one boosting round achieved; `metric` is the early-stopping metric on the validation rows, if there is one.
struct Round {
  std::int64_t number = 0;  ///< from 1
  std::int64_t of = 0;
  std::optional<double> metric;
};

/// Called after every round. It may throw to stop the training.
using RoundObserver = std::function<void(const Round&)>;

struct Fit {
  std::string model;                  ///< UBJ bytes, as of the best round
  EngineParameters parameters;        ///< as the engine got them, without seed and threads
  std::int64_t rounds_run = 0;        ///< how many rounds were trained
  std::int64_t rounds_kept = 0;       ///< how many are in the model
  std::optional<double> best_metric;  ///< at the round kept last, by XGBoost, to nine significant digits
  bool stopped_early = false;
};

/// The most categories that a feature may have.
inline constexpr std::size_t kMostCategories = 65'536;

struct FitSettings {
  std::int64_t seed = 0;
  int threads = 1;  ///< changes the speed, never the bytes
};

/// What a model is trained from. Both have known labels and the same features.
struct FitRows {
  dataset::BatchSource& train;
  dataset::BatchSource& validation;  ///< watched for early stopping only
};

/// Trains on `rows.train`, counting the row weights. The profile has passed check_algorithm. The whole float matrix
/// never exists: beside the sources it holds about 2.5 bytes for each value of `train`, 60 bytes for each of its rows,
/// and, when it watches, at most 64 MiB or 12 bytes for each row of `validation`, which is then read in every round; a
/// linear model needs about 20 bytes for each value of `train` instead. The same rows, profile and seed give the same
/// bytes for any number of threads and however the sources cut their batches. Nothing is left behind on failure. Throws
/// TRAINING_PROFILE_INVALID as check_features, ENGINE_FAILED, OUT_OF_MEMORY, or what `observer` or a source throws.
Fit fit(const FitRows& rows, const contracts::TrainingProfile& profile, const FitSettings& settings,
        const RoundObserver& observer = {});

/// The same from rows in memory; `train` and `validation` are indices into `rows`.
Fit fit(const dataset::Rows& rows, const std::vector<std::size_t>& train, const std::vector<std::size_t>& validation,
        const contracts::TrainingProfile& profile, const FitSettings& settings, const RoundObserver& observer = {});

/// A loaded model. Load only bytes whose digest has been verified.
class Scorer {
 public:
  /// Throws ENGINE_FAILED when the bytes are no sound model of a known algorithm and objective, or its features are not
  /// exactly `feature_names` in that order.
  Scorer(std::string_view model, const std::vector<std::string>& feature_names, int threads);
  ~Scorer();
  Scorer(Scorer&&) noexcept;
  Scorer& operator=(Scorer&&) noexcept;

  /// The score of each of `rows`, in their order: bit for bit what XGBoost's own predict gives. What it means is the
  /// objective's to say (mf/engine/objectives.hpp). A value that is missing, or a category that training did not know,
  /// is NaN. Throws ENGINE_FAILED when `rows` have other features than the model, or other types, or what they throw.
  [[nodiscard]] std::vector<float> score(dataset::BatchSource& rows) const;

  /// The same for each of `wanted` (indices into `rows`), in that order.
  [[nodiscard]] std::vector<float> score(const dataset::Rows& rows, const std::vector<std::size_t>& wanted) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The XGBoost in use, such as 1.7.4. Throws ENGINE_FAILED when it cannot be loaded.
std::string engine_version();

}  // namespace mf::engine
