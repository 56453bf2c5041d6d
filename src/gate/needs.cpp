#include "mf/gate/needs.hpp"

namespace mf::gate {

using contracts::GovernanceProfile;

std::vector<Need> needs_of(const GovernanceProfile& policy) {
  std::vector<Need> needs;
  for (std::size_t i = 0; i < policy.criteria.size(); ++i) {
    const auto& asked = policy.criteria[i];
    needs.push_back({asked.part, asked.metric, asked.slice, asked.bound.value_or("point") != "point", false,
                     "/criteria/" + std::to_string(i)});
  }
  if (!policy.comparisons) return needs;
  for (std::size_t i = 0; i < policy.comparisons->size(); ++i) {
    const auto& asked = (*policy.comparisons)[i];
    needs.push_back({asked.part, asked.metric, asked.slice, true, true, "/comparisons/" + std::to_string(i)});
  }
  return needs;
}

}  // namespace mf::gate
