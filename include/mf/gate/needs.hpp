#pragma once
// What an evaluation must have before a policy can judge it.
//
// Room: gate.

#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/governance_profile.hpp"

namespace mf::gate {

/// A figure that a criterion or a comparison judges by.
struct Need {
  std::string part, metric;
  std::optional<contracts::Slice> slice;
  bool interval = false;    ///< a bound other than point
  bool comparison = false;  ///< with the baseline on the same rows
  std::string pointer;      ///< of the criterion in the policy, such as /criteria/0
};

/// Everything that judging by `policy` will ask, in its order.
std::vector<Need> needs_of(const contracts::GovernanceProfile& policy);

}  // namespace mf::gate
