#include "factory/told_verdict.hpp"

#include <sstream>

namespace mf::factory {
namespace {

using contracts::CriterionResult;

/// What it does to the verdict can be seen from its case.
const char* mark_of(const CriterionResult& criterion) {
  if (criterion.outcome == "PASS") return "pass";
  if (criterion.severity == "warn") return "warn";
  return criterion.outcome == "FAIL" ? "FAIL" : "OPEN";
}

void tell_observed(std::ostream& line, const CriterionResult& criterion) {
  line << criterion.metric << " of " << criterion.part << " " << criterion.observed.value();
  if (criterion.baseline) line << ", baseline " << *criterion.baseline;
  if (criterion.difference) line << ", difference " << *criterion.difference;
  if (criterion.interval) line << " (" << criterion.interval->lower << " to " << criterion.interval->upper << ")";
}

void tell_demand(std::ostream& line, const CriterionResult& criterion) {
  const std::string bound = criterion.bound.value_or("point");
  line << ", " << (bound == "point" ? "" : bound + " bound ")
       << (criterion.comparison == "at_most" ? "at most " : "at least ") << criterion.threshold;
}

}  // namespace

std::string verdict_in(const contracts::GateReceipt& receipt) {
  return receipt.verdict.value_or(receipt.gate_decision);
}

std::string name_of(const CriterionResult& criterion) {
  if (!criterion.slice) return criterion.id;
  return criterion.id + " (" + criterion.slice->column + "=" + criterion.slice->value.value_or("?") + ")";
}

std::string in_words(const CriterionResult& criterion) {
  std::ostringstream line;
  line << mark_of(criterion) << "  " << name_of(criterion) << ": ";
  if (criterion.outcome != "PASS") {
    line << criterion.reason;
  } else {
    tell_observed(line, criterion);
    tell_demand(line, criterion);
  }
  return line.str();
}

}  // namespace mf::factory
