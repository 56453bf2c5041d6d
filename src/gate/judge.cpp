#include "mf/gate/judge.hpp"

#include <sstream>

#include "mf/error.hpp"

namespace mf::gate {
namespace {

using contracts::Criterion;
using contracts::CriterionResult;

double threshold_of(const Criterion& criterion) {
  return criterion.at_least ? *criterion.at_least : criterion.at_most.value();
}

std::string in_words(const CriterionResult& result) {
  std::ostringstream text;
  text << result.metric << " of " << result.part << " is " << *result.observed << ", should be "
       << (result.comparison == "at_least" ? "at least " : "at most ") << result.threshold;
  return text.str();
}

CriterionResult judge_one(const Criterion& criterion, const Observation& observed) {
  CriterionResult result;
  result.id = criterion.id;
  result.metric = criterion.metric;
  result.part = criterion.part;
  result.comparison = criterion.at_least ? "at_least" : "at_most";
  result.threshold = threshold_of(criterion);
  result.observed = observed.value;
  result.severity = criterion.severity;
  const bool met = observed.value &&
                   (criterion.at_least ? *observed.value >= result.threshold : *observed.value <= result.threshold);
  result.outcome = met ? "PASS" : "FAIL";
  if (!met) result.reason = observed.value ? in_words(result) : criterion.metric + " is undefined: " + observed.reason;
  return result;
}

}  // namespace

Verdict judge(const contracts::GovernanceProfile& policy, const Observe& observe) {
  if (policy.criteria.empty())
    throw Error(Code::GOVERNANCE_PROFILE_INVALID,
                policy.policy_id + " has no criteria; nothing can be judged without one");
  Verdict verdict{Decision::pass, {}};
  for (const auto& criterion : policy.criteria) {
    verdict.criteria.push_back(judge_one(criterion, observe(criterion.part, criterion.metric)));
    const auto& result = verdict.criteria.back();
    if (result.outcome == "FAIL" && result.severity != "warn") verdict.decision = Decision::fail;
  }
  return verdict;
}

std::string name_of(Decision decision) { return decision == Decision::pass ? "PASS" : "FAIL"; }

std::map<std::string, double> thresholds_of(const contracts::GovernanceProfile& policy) {
  std::map<std::string, double> thresholds;
  for (const auto& criterion : policy.criteria) thresholds[criterion.id] = threshold_of(criterion);
  return thresholds;
}

}  // namespace mf::gate
