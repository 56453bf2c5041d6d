#pragma once
// How often one run may be published again.

#include "mf/contracts/platform_profile.hpp"

namespace mf::factory {

inline std::int64_t publish_retry_budget(const contracts::PlatformProfile& profile) {
  constexpr std::int64_t kDefaultRetryBudget = 3;
  return profile.publish_retry_budget.value_or(kDefaultRetryBudget);
}

}  // namespace mf::factory
