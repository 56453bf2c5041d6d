#include "gate/ruling.hpp"

#include "gate/more_frauds.hpp"
#include "gate/wording.hpp"

namespace mf::gate {
namespace {

using contracts::CriterionResult;

constexpr const char* kPass = "PASS";
constexpr const char* kFail = "FAIL";
constexpr const char* kInconclusive = "INCONCLUSIVE";

void conclude(CriterionResult& result, const char* outcome, std::string reason = {}) {
  result.outcome = outcome;
  result.reason = std::move(reason);
}

bool wants_much(const CriterionResult& result) { return result.comparison != "at_most"; }

bool meets(const CriterionResult& result, double value) {
  return wants_much(result) ? value >= result.threshold : value <= result.threshold;
}

std::string too_few(const CriterionResult& result, std::int64_t count, const char* of_what, std::int64_t least) {
  return figure_in_words(result) + " has " + std::to_string(count) + " " + of_what + ", should have at least " +
         std::to_string(least);
}

/// Concludes nothing from too few rows; false when there are enough.
bool lacks_support(CriterionResult& result, const LeastSupport& least, const Support& support) {
  if (support.frauds < least.frauds) {
    conclude(result, kInconclusive, too_few(result, support.frauds, "frauds", least.frauds));
    result.more_frauds_needed = least.frauds - support.frauds;
  } else if (support.rows < least.rows) {
    conclude(result, kInconclusive, too_few(result, support.rows, "rows", least.rows));
  } else {
    return false;
  }
  return true;
}

void rule_by_value(CriterionResult& result, double value) {
  if (meets(result, value)) return conclude(result, kPass);
  conclude(result, kFail, observation_in_words(result) + demand_in_words(result));
}

void leave_open(CriterionResult& result, double value) {
  const auto& interval = result.interval.value();
  result.more_frauds_needed =
      more_frauds({value, interval.lower, interval.upper, result.threshold, result.frauds.value_or(0)});
  std::string reason = observation_in_words(result) + demand_in_words(result);
  if (result.more_frauds_needed)
    reason += "; about " + std::to_string(*result.more_frauds_needed) + " more frauds would settle it";
  conclude(result, kInconclusive, std::move(reason));
}

/// The threshold is for the bound on the far side of the figure.
void rule_strictly(CriterionResult& result, double value) {
  const auto& [lower, upper] = result.interval.value();
  const bool at_worst = meets(result, wants_much(result) ? lower : upper);
  const bool at_best = meets(result, wants_much(result) ? upper : lower);
  if (at_worst) return conclude(result, kPass);
  if (at_best) return leave_open(result, value);
  conclude(result, kFail, observation_in_words(result) + demand_in_words(result) + ", and no bound is");
}

void rule_by_bound(CriterionResult& result, double value) {
  const bool of_lower = *result.bound == "lower";
  if (of_lower == wants_much(result)) return rule_strictly(result, value);
  rule_by_value(result, of_lower ? result.interval->lower : result.interval->upper);
}

/// `value` is what the interval is of.
void rule_defined(CriterionResult& result, double value, const std::string& interval_reason) {
  if (*result.bound == "point") return rule_by_value(result, value);
  if (result.interval) return rule_by_bound(result, value);
  conclude(result, kInconclusive, observation_in_words(result) + " without an interval: " + interval_reason);
}

/// What both kinds of observation have.
template <class Observed>
bool take(CriterionResult& result, const LeastSupport& least, const Observed& observed) {
  result.rows = observed.support.rows;
  result.frauds = observed.support.frauds;
  if (observed.lower && observed.upper) result.interval = {*observed.lower, *observed.upper};
  return !lacks_support(result, least, observed.support);
}

}  // namespace

void rule(CriterionResult& result, const LeastSupport& least, const Observation& observed) {
  result.observed = observed.value;
  if (!take(result, least, observed)) return;
  if (!observed.value) return conclude(result, kFail, figure_in_words(result) + " is undefined: " + observed.reason);
  rule_defined(result, *observed.value, observed.interval_reason);
}

void rule(CriterionResult& result, const LeastSupport& least, const PairedObservation& observed) {
  result.observed = observed.candidate;
  result.baseline = observed.baseline;
  result.difference = observed.difference;
  if (!take(result, least, observed)) return;
  if (!observed.difference)
    return conclude(result, kFail,
                    figure_in_words(result) + " cannot be compared with the baseline's: " + observed.reason);
  rule_defined(result, *observed.difference, observed.interval_reason);
}

}  // namespace mf::gate
