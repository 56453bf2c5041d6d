#include "mf/gate/judge.hpp"

#include <algorithm>

#include "gate/ruling.hpp"
#include "mf/error.hpp"

namespace mf::gate {
namespace {

using contracts::Comparison;
using contracts::Criterion;
using contracts::CriterionResult;
using contracts::GovernanceProfile;
using contracts::Slice;

double threshold_of(const Criterion& criterion) {
  return criterion.at_least ? *criterion.at_least : criterion.at_most.value();
}

/// Not -margin, which of a margin of 0 would be a zero with a sign.
double threshold_of(const Comparison& comparison) { return 0 - comparison.margin; }

CriterionResult asked_by(const Criterion& criterion) {
  CriterionResult result;
  result.comparison = criterion.at_least ? "at_least" : "at_most";
  result.bound = criterion.bound.value_or("point");
  return result;
}

CriterionResult asked_by(const Comparison& /*comparison*/) {
  CriterionResult result;
  result.comparison = "not_worse";
  result.bound = "lower";
  return result;
}

LeastSupport least_of(const Criterion& criterion) {
  return {criterion.min_rows.value_or(0), criterion.min_frauds.value_or(0)};
}

LeastSupport least_of(const Comparison& comparison) { return {0, comparison.min_frauds.value_or(0)}; }

/// A column without values leaves nothing to judge by, which is no pass.
template <class Observed>
Observed nothing_observed() {
  Observed observed;
  observed.reason = "the part has no row with a value of the column";
  return observed;
}

bool has_rows(const std::optional<Slice>& slice) { return !slice || slice->value; }

Question question_of(const std::string& part, const std::string& metric, const std::optional<Slice>& slice) {
  Question question{part, metric, {}};
  if (slice) question.slice = SliceValue{slice->column, slice->value.value()};
  return question;
}

Observation ask(const Criterion& criterion, const Observer& observer, const std::optional<Slice>& slice) {
  if (!has_rows(slice)) return nothing_observed<Observation>();
  return observer.observe(question_of(criterion.part, criterion.metric, slice));
}

PairedObservation ask(const Comparison& comparison, const Observer& observer, const std::optional<Slice>& slice) {
  if (!has_rows(slice)) return nothing_observed<PairedObservation>();
  return observer.compare(question_of(comparison.part, comparison.metric, slice));
}

/// The slices that `slice` stands for: itself where it names a value, else one for each value of its column, and itself
/// where that has none.
std::vector<Slice> spread(const Slice& slice, const std::string& part, const Observer& observer) {
  if (slice.value) return {slice};
  std::vector<Slice> slices;
  for (auto& value : observer.values_of(part, slice.column)) slices.push_back({slice.column, std::move(value)});
  if (slices.empty()) slices.push_back(slice);
  return slices;
}

template <class Asked>
CriterionResult judge_one(const Asked& asked, const std::optional<Slice>& slice, const Observer& observer) {
  CriterionResult result = asked_by(asked);
  result.id = asked.id;
  result.metric = asked.metric;
  result.part = asked.part;
  result.slice = slice;
  result.threshold = threshold_of(asked);
  result.severity = asked.severity;
  rule(result, least_of(asked), ask(asked, observer, slice));
  return result;
}

template <class Asked>
void judge_into(std::vector<CriterionResult>& results, const Asked& asked, const Observer& observer) {
  if (!asked.slice) return results.push_back(judge_one(asked, std::nullopt, observer));
  for (const auto& slice : spread(*asked.slice, asked.part, observer))
    results.push_back(judge_one(asked, slice, observer));
}

Decision decision_of(const std::vector<CriterionResult>& results) {
  const auto blocks = [&](const char* outcome) {
    return std::any_of(results.begin(), results.end(), [&](const CriterionResult& result) {
      return result.severity != "warn" && result.outcome == outcome;
    });
  };
  return blocks("FAIL") ? Decision::fail : blocks("INCONCLUSIVE") ? Decision::inconclusive : Decision::pass;
}

}  // namespace

Verdict judge(const GovernanceProfile& policy, const Observer& observer) {
  if (policy.criteria.empty())
    throw Error(Code::GOVERNANCE_PROFILE_INVALID,
                policy.policy_id + " has no criteria; nothing can be judged without one");
  Verdict verdict;
  for (const auto& criterion : policy.criteria) judge_into(verdict.criteria, criterion, observer);
  if (policy.comparisons)
    for (const auto& comparison : *policy.comparisons) judge_into(verdict.criteria, comparison, observer);
  verdict.decision = decision_of(verdict.criteria);
  return verdict;
}

std::string name_of(Decision decision) {
  return decision == Decision::pass ? "PASS" : decision == Decision::fail ? "FAIL" : "INCONCLUSIVE";
}

std::string gate_decision_of(Decision decision) { return decision == Decision::pass ? "PASS" : "FAIL"; }

std::map<std::string, double> thresholds_of(const GovernanceProfile& policy) {
  std::map<std::string, double> thresholds;
  for (const auto& criterion : policy.criteria) thresholds[criterion.id] = threshold_of(criterion);
  if (policy.comparisons)
    for (const auto& comparison : *policy.comparisons) thresholds[comparison.id] = threshold_of(comparison);
  return thresholds;
}

}  // namespace mf::gate
