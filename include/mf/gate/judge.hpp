#pragma once
// The verdict from a policy and the figures.
//
// Room: gate.  Pure: no files, no clock, no defaults.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/governance_profile.hpp"

namespace mf::gate {

/// A figure as it was observed, or why there is none.
struct Observation {
  std::optional<double> value;
  std::string reason;
};

/// Looks up the figure `metric` of `part`.
using Observe = std::function<Observation(const std::string& part, const std::string& metric)>;

enum class Decision { pass, fail };

struct Verdict {
  Decision decision = Decision::fail;
  std::vector<contracts::CriterionResult> criteria;  ///< in the policy's order
};

/// Judges every criterion. The decision is fail when a blocking criterion fails; an undefined figure fails its
/// criterion. Throws GOVERNANCE_PROFILE_INVALID when the policy has no criterion.
Verdict judge(const contracts::GovernanceProfile& policy, const Observe& observe);

/// PASS or FAIL.
std::string name_of(Decision decision);

/// Criterion id -> threshold.
std::map<std::string, double> thresholds_of(const contracts::GovernanceProfile& policy);

}  // namespace mf::gate
