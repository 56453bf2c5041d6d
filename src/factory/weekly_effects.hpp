#pragma once
// Whether the features that add most stay the same from week to week.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mf/contracts/explanations.hpp"
#include "mf/engine/effects.hpp"

namespace mf::factory {

/// Contributions gathered by week, Monday to Sunday (UTC).
class WeeklyEffects {
 public:
  /// With fewer explained rows a week says nothing of its order of features.
  static constexpr std::size_t kFewestRows = 30;

  explicit WeeklyEffects(std::size_t features) : features_(features) {}

  /// `event_time` in microseconds since the epoch.
  void add(std::int64_t event_time, const engine::Contributions& row);

  /// The weeks against `whole`, the mean contributions without signs of all rows, by the first `top` features.
  [[nodiscard]] contracts::Explanations::Stability against(const std::vector<double>& whole,
                                                           const std::vector<std::string>& names,
                                                           std::size_t top) const;

 private:
  std::size_t features_;
  std::map<std::int64_t, engine::FeatureEffects> weeks_;  // by the day of its Monday
};

}  // namespace mf::factory
