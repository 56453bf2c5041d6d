#include "mf/gate/margin.hpp"

#include <limits>

namespace mf::gate {
namespace {

using contracts::CriterionResult;

int badness(const std::string& outcome) { return outcome == "FAIL" ? 2 : outcome == "INCONCLUSIVE" ? 1 : 0; }

/// The bound that a threshold is for.
std::optional<double> bound_of(const CriterionResult& result) {
  if (!result.interval) return {};
  return *result.bound == "lower" ? result.interval->lower : result.interval->upper;
}

}  // namespace

std::optional<double> margin_of(const CriterionResult& result) {
  const auto held = result.bound.value_or("point") == "point" ? result.observed : bound_of(result);
  if (!held) return {};
  return result.comparison == "at_most" ? result.threshold - *held : *held - result.threshold;
}

const CriterionResult* decisive(const Verdict& verdict) {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  const CriterionResult* found = nullptr;
  for (const auto& result : verdict.criteria) {
    if (result.severity == "warn") continue;
    const bool worse = found == nullptr || badness(result.outcome) > badness(found->outcome);
    const bool as_bad = !worse && badness(result.outcome) == badness(found->outcome);
    if (worse || (as_bad && margin_of(result).value_or(kNone) < margin_of(*found).value_or(kNone))) found = &result;
  }
  return found;
}

}  // namespace mf::gate
