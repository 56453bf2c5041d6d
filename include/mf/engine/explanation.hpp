#pragma once
// Why a model scores rows as it does: what each feature adds, by XGBoost's own exact TreeSHAP.
//
// Room: engine.  docs/formats/explanations.v1.md says what the figures mean.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mf/dataset/batch_source.hpp"

namespace mf::engine {

/// What the features of one row add to its margin (the score before the objective makes a probability of it, such as
/// the log-odds). The contributions and the bias sum to the margin, save for rounding.
struct Contributions {
  std::size_t row = 0;              ///< its number in the dataset
  std::span<const float> values;    ///< of the features, as the model took them; NaN is missing
  std::span<const float> features;  ///< one for each feature
  float bias = 0;                   ///< what the model says of no row in particular; the same for all rows
  float margin = 0;                 ///< as XGBoost predicts it
};

/// What pairs of features add to the margin of one row together.
struct Interactions {
  std::size_t row = 0;
  std::size_t features = 0;
  std::span<const float> matrix;  ///< (features + 1) squared, row-major, the bias last; symmetric

  /// What features `a` and `b`, two different ones, add together: both halves.
  [[nodiscard]] double of_pair(std::size_t a, std::size_t b) const {
    return static_cast<double>(matrix[a * (features + 1) + b]) + static_cast<double>(matrix[b * (features + 1) + a]);
  }
};

using ContributionSink = std::function<void(const Contributions&)>;
using InteractionSink = std::function<void(const Interactions&)>;

/// How much a feature counts in the model itself, whatever the rows: XGBoost's importances.
struct FeatureImportance {
  double weight = 0;                              ///< splits on it; of a linear model its coefficient
  std::optional<double> gain, cover;              ///< averages over its splits; nothing without splits
  std::optional<double> total_gain, total_cover;  ///< sums over its splits; nothing of a linear model
};

/// A loaded model that explains itself. Load only bytes whose digest has been verified.
class Explainer {
 public:
  /// Throws ENGINE_FAILED as Scorer.
  Explainer(std::string_view model, const std::vector<std::string>& feature_names, int threads);
  ~Explainer();
  Explainer(Explainer&&) noexcept;
  Explainer& operator=(Explainer&&) noexcept;

  [[nodiscard]] bool is_linear() const;

  /// Tells `sink` of each of `rows`, in their order: bit for bit what XGBoost's own predict gives, for any number of
  /// threads and however the rows are cut. Beside `rows` it holds a portion of them at a time. Throws ENGINE_FAILED as
  /// Scorer::score, and when a contribution is not finite; or what `sink` throws.
  void contributions(dataset::BatchSource& rows, const ContributionSink& sink) const;

  /// The same of pairs; it takes twice as long for each feature. Throws ENGINE_FAILED for a linear model, which has
  /// none, and for one of more than kMostFeaturesOfPairs features.
  void interactions(dataset::BatchSource& rows, const InteractionSink& sink) const;

  /// Why there are no interactions; empty when there are.
  [[nodiscard]] std::string no_interactions() const;

  /// One for each feature.
  [[nodiscard]] std::vector<FeatureImportance> importances() const;

  /// How many rounds of boosting are in the model.
  [[nodiscard]] std::int64_t rounds() const;

  static constexpr std::size_t kMostFeaturesOfPairs = 1000;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// No feature, where there are fewer reasons than asked for.
inline constexpr std::uint32_t kNoReason = UINT32_MAX;

/// Fills `reasons` with the features that push the score of `row` up most, most first, ties by their order; kNoReason
/// where no more push it up.
void find_reasons(const Contributions& row, std::span<std::uint32_t> reasons);

}  // namespace mf::engine
