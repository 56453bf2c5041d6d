#include "mf/gate/margin.hpp"

#include <limits>

namespace mf::gate {
namespace {

using contracts::CriterionResult;

int badness(const std::string& outcome) { return outcome == "FAIL" ? 2 : outcome == "INCONCLUSIVE" ? 1 : 0; }

}  // namespace

std::optional<double> held_by(const CriterionResult& result) {
  const std::string bound = result.bound.value_or("point");
  if (bound == "point") return result.observed;
  if (!result.interval) return {};
  return bound == "lower" ? result.interval->lower : result.interval->upper;
}

std::optional<double> margin_of(const CriterionResult& result) {
  const auto held = held_by(result);
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
