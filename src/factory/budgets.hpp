#pragma once
// How often what failed is tried again: wiring, as the platform profile has it.

#include "mf/contracts/platform_profile.hpp"

namespace mf::factory {

/// How often one run may be published again after its registry did not answer.
inline std::int64_t publish_retry_budget(const contracts::PlatformProfile& profile) {
  constexpr std::int64_t kUnlessSaid = 3;
  return profile.publish_retry_budget.value_or(kUnlessSaid);
}

/// How often one stage of a run may begin before it is finished.
inline std::int64_t stage_retry_budget(const contracts::PlatformProfile& profile) {
  constexpr std::int64_t kUnlessSaid = 20;
  return profile.stage_retry_budget.value_or(kUnlessSaid);
}

}  // namespace mf::factory
