#pragma once
// What features add over many rows: contributions gathered, row by row in their order, so that every sum is the same
// however the rows came.
//
// Room: engine.

#include <cstddef>
#include <optional>
#include <vector>

#include "mf/engine/explanation.hpp"

namespace mf::engine {

/// What a feature does to the margin of a row, on average.
struct FeatureEffect {
  double mean_abs = 0;  ///< mean of the contributions without their signs
  double mean = 0;      ///< mean of the contributions
  /// Pearson's correlation of the contribution with the value, over the rows that have one; nothing where either is
  /// constant.
  std::optional<double> value_correlation;
};

/// How well contributions and bias sum to the margin.
struct SumCheck {
  double largest_difference = 0;  ///< without its sign
  double largest_relative = 0;    ///< differences over the margin without its sign, or over 1 where that is less
};

/// Gathers contributions. Memory: 56 bytes a feature.
class FeatureEffects {
 public:
  explicit FeatureEffects(std::size_t features) : gathered_(features) {}

  void add(const Contributions& row);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] double base_value() const { return base_value_; }
  [[nodiscard]] const SumCheck& sum_check() const { return sum_check_; }

  /// One for each feature; of no rows all zero.
  [[nodiscard]] std::vector<FeatureEffect> effects() const;

  /// Means without signs alone, one for each feature.
  [[nodiscard]] std::vector<double> mean_abs() const;

 private:
  // Means and sums of squares as Welford keeps them: large values take no digits from small differences.
  struct Gathered {
    double abs = 0, sum = 0;
    double count = 0, mean_value = 0, mean_effect = 0, values = 0, effects = 0, both = 0;
  };
  static void correlate(Gathered& of, double value, double effect);
  void check_sum(const Contributions& row);

  std::vector<Gathered> gathered_;
  std::size_t rows_ = 0;
  double base_value_ = 0;
  SumCheck sum_check_;
};

/// What a pair of features adds together, on average.
struct PairEffect {
  std::size_t first = 0, second = 0;  ///< features, first < second
  double mean_abs = 0, mean = 0;
};

/// Gathers interactions. Memory: 8 bytes times the square of the features.
class PairEffects {
 public:
  explicit PairEffects(std::size_t features) : features_(features), sums_(features * (features - (features > 0)) / 2) {}

  void add(const Interactions& row);

  [[nodiscard]] std::size_t rows() const { return rows_; }

  /// At most `count` pairs that add anything, by mean_abs, the largest first, ties by the order of the features.
  [[nodiscard]] std::vector<PairEffect> strongest(std::size_t count) const;

 private:
  struct Sums {
    double abs = 0, sum = 0;
  };
  std::size_t features_;
  std::vector<Sums> sums_;  // (0,1), (0,2), ..., (1,2), ...
  std::size_t rows_ = 0;
};

/// The features by `sizes`, the largest first, ties by their order.
std::vector<std::size_t> ranked(const std::vector<double>& sizes);

/// Spearman's rank correlation of two lists of one length, ties averaged; nothing where either is constant or they have
/// fewer than two elements.
std::optional<double> rank_correlation(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace mf::engine
