#pragma once
// The verdict from a policy and the figures.
//
// Room: gate.  Pure: no files, no clock, no defaults.

#include <map>
#include <string>
#include <vector>

#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/governance_profile.hpp"
#include "mf/gate/observer.hpp"

namespace mf::gate {

/// Inconclusive blocks like fail: it says that these rows are too few to tell.
enum class Decision { pass, fail, inconclusive };

struct Verdict {
  Decision decision = Decision::fail;
  std::vector<contracts::CriterionResult> criteria;  ///< in the policy's order, comparisons last; values ascending
};

/// Judges every criterion and comparison, those of all values of a column once for each value. Fail when a blocking one
/// fails, else inconclusive when a blocking one is, else pass. In this order, each is
/// - INCONCLUSIVE with fewer rows or frauds than it asks for;
/// - FAIL when its figure is undefined;
/// - a point: PASS when the figure meets the threshold, exactly on it included, else FAIL;
/// - INCONCLUSIVE when it needs an interval and there is none;
/// - a strict bound (lower with at_least, upper with at_most, and every comparison: lower with minus its margin): PASS
///   when the bound meets the threshold, FAIL when not even the other bound does, else INCONCLUSIVE;
/// - a lenient bound (upper with at_least, lower with at_most): PASS when the bound meets the threshold, else FAIL.
/// Throws GOVERNANCE_PROFILE_INVALID when the policy has no criterion.
Verdict judge(const contracts::GovernanceProfile& policy, const Observer& observer);

/// PASS, FAIL or INCONCLUSIVE.
std::string name_of(Decision decision);

/// PASS or FAIL, as the v0 documents say it: what is inconclusive is not passed.
std::string gate_decision_of(Decision decision);

/// Criterion or comparison id -> threshold, of a comparison minus its margin.
std::map<std::string, double> thresholds_of(const contracts::GovernanceProfile& policy);

}  // namespace mf::gate
