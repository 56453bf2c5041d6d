#pragma once
// All figures of a part for any sample of its rows, in one descent.

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "metrics/accumulator.hpp"
#include "metrics/calendar.hpp"
#include "metrics/cards.hpp"
#include "metrics/metric_table.hpp"
#include "metrics/threshold.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::metrics {

/// What is computed: with which settings, and the figures of which families.
class Wanted {
 public:
  /// All that the settings ask for.
  explicit Wanted(const EvaluationSettings& settings);

  /// What these figures take, and nothing else. Throws INTERNAL when a name is no metric.
  Wanted(const EvaluationSettings& settings, const std::vector<std::string>& names);

  [[nodiscard]] const EvaluationSettings& settings() const { return settings_; }

  /// Any of the families.
  template <typename... Families>
  [[nodiscard]] bool has(Families... families) const {
    return everything_ || (families_.contains(families) || ...);
  }

 private:
  EvaluationSettings settings_;
  bool everything_ = false;
  std::set<Family> families_;
};

/// What the figures of all samples of a part share. The part must outlive it.
struct SweepBasis {
  SweepBasis(const RankedPart& ranked, const Wanted& wanted);

  const RankedPart& part;
  Calendar calendar;
  std::optional<CardDays> cards;  ///< where wanted, and the part has days and entities
  ValueReasons value_reasons;
};

/// Why the figure cannot be computed from these rows with these settings; empty when it can.
std::string why_not(const MetricName& name, const RankedPart& part, const EvaluationSettings& settings);

/// The accumulators of what is wanted and can be computed. All arguments must outlive them.
std::vector<std::unique_ptr<Accumulator>> accumulators(const SweepBasis& basis, const Wanted& wanted,
                                                       const Sample& sample, const Totals& totals);

/// One descent, shown to all.
void sweep(const RankedPart& part, const Sample& sample, const std::vector<Accumulator*>& accumulators);

/// The figures that are wanted, of a sample; those that cannot be computed are not among them.
Figures figures_of(const SweepBasis& basis, const Wanted& wanted, const Sample& sample);

}  // namespace mf::metrics
