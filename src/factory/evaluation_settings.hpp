#pragma once
// What is asked of the room that computes figures: what the training profile wants, and whatever the policy judges by.

#include "factory/evaluation.hpp"
#include "factory/scored_parts.hpp"
#include "mf/metrics/intervals.hpp"
#include "mf/metrics/settings.hpp"

namespace mf::factory {

/// The settings of each part, of the model whose scores rank `parts`. `known_from` is filled with what they point to.
struct PartSettings {
  std::array<metrics::EvaluationSettings, dataset::kEvaluatedParts.size()> of;
  std::optional<contracts::EvalReport::OperatingPoint> operating_point;
  std::array<std::vector<std::int32_t>, dataset::kEvaluatedParts.size()> known_from;  ///< what the settings point to
};

/// Settings for `parts` and the operating point chosen on their validation rows, unless `rules` have one already. To be
/// left where it is: the settings point into it.
void fill_settings(const EvaluationRules& rules, const RankedParts& parts, PartSettings& settings);

/// How intervals are drawn; nothing when the profile wants none.
std::optional<metrics::Bootstrap> bootstrap_of(const EvaluationRules& rules);

}  // namespace mf::factory
