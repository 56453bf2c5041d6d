#pragma once
// When to stop boosting: the metric on the validation rows, and how long it may go without becoming better.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mf/contracts/training_profile.hpp"

namespace mf::engine {

/// A metric that early stopping can watch.
struct StoppingMetric {
  std::string_view name;         ///< in a training profile
  std::string_view engine_name;  ///< in XGBoost
  bool higher_is_better;
  bool of_probabilities;  ///< means nothing where scores are no probabilities
};

std::span<const StoppingMetric> stopping_metrics();

/// The metric that the profile calls `name`, or nothing.
const StoppingMetric* find_stopping_metric(std::string_view name);

/// The best round so far, and whether the patience is spent.
class EarlyStopping {
 public:
  EarlyStopping(const StoppingMetric& metric, std::int64_t patience) : metric_(metric), patience_(patience) {}

  /// Takes in what round `number` achieved. An equal value is no better: the earliest best round stays.
  void see(std::int64_t number, double value);

  [[nodiscard]] bool patience_spent() const { return last_round_ - best_round_ >= patience_; }
  [[nodiscard]] std::int64_t best_round() const { return best_round_; }
  [[nodiscard]] std::optional<double> best_value() const { return best_value_; }

 private:
  const StoppingMetric& metric_;
  std::int64_t patience_;
  std::int64_t last_round_ = 0, best_round_ = 0;
  std::optional<double> best_value_;
};

/// The value at the end of what XGBoost prints for a round, such as "[7]\tvalidation-aucpr:0.5", to nine significant
/// digits. Throws ENGINE_FAILED when there is no finite number: the metric is undefined on these rows.
double metric_value(std::string_view printed);

}  // namespace mf::engine
