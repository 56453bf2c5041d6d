#include "factory/observation.hpp"

#include "mf/error.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::factory {
namespace {

using contracts::FigureInterval;
using gate::Observation;
using gate::PairedObservation;
using gate::Question;

constexpr const char* kEmptySlice = "no rows in this slice";

metrics::MetricName name_in(const Question& question) {
  const auto name = metrics::parse_metric(question.metric);
  if (!name) throw Error(Code::INTERNAL, "there is no metric " + question.metric);
  return *name;
}

[[noreturn]] void not_computed(const Question& question) {
  throw Error(Code::INTERNAL, "the figure " + question.metric + " of " + question.part + " was not computed");
}

template <typename Observed>
void take_interval(const FigureInterval& interval, Observed& observed) {
  observed.lower = interval.lower;
  observed.upper = interval.upper;
  observed.interval_reason = interval.reason.value_or("");
}

Observation observe_in(const contracts::NamedFigures& figures, const std::map<std::string, FigureInterval>& intervals,
                       const Question& question) {
  const std::string name = canonical_name(name_in(question));
  const auto found = figures.figures.find(name);
  if (found == figures.figures.end()) not_computed(question);
  Observation observed;
  observed.value = found->second;
  if (!observed.value) observed.reason = figures.undefined.at(name);
  if (const auto interval = intervals.find(name); interval != intervals.end())
    take_interval(interval->second, observed);
  else
    observed.interval_reason = "no interval was computed";
  observed.support = {figures.rows, figures.positives};
  return observed;
}

bool is_of(const contracts::BaselineComparison& comparison, const Question& question) {
  if (comparison.part != question.part || comparison.column.has_value() != question.slice.has_value()) return false;
  return !question.slice || (comparison.column == question.slice->column && comparison.value == question.slice->value);
}

/// With the difference turned so that positive is better.
PairedObservation oriented(const contracts::BaselineComparison::Figure& figure, bool higher_is_better) {
  PairedObservation observed;
  observed.candidate = figure.candidate;
  observed.baseline = figure.baseline;
  observed.difference = figure.difference;
  take_interval(figure.interval, observed);
  if (!higher_is_better) {
    // 0 - x, for -0 is no number to show.
    if (observed.difference) observed.difference = 0 - *observed.difference;
    std::swap(observed.lower, observed.upper);
    if (observed.lower) observed.lower = 0 - *observed.lower;
    if (observed.upper) observed.upper = 0 - *observed.upper;
  }
  if (!figure.candidate)
    observed.reason = "it is undefined for the candidate";
  else if (!figure.baseline)
    observed.reason = "it is undefined for the baseline";
  return observed;
}

}  // namespace

Observation EvaluationObserver::observe(const Question& question) const {
  if (!question.slice) {
    const auto& part = evaluation_.parts.at(question.part);
    return observe_in(part, part.intervals, question);
  }
  for (const auto& slice : evaluation_.slices)
    if (slice.part == question.part && slice.column == question.slice->column && slice.value == question.slice->value)
      return observe_in(slice, slice.intervals, question);
  Observation nothing;
  nothing.reason = nothing.interval_reason = kEmptySlice;
  return nothing;
}

PairedObservation EvaluationObserver::compare(const Question& question) const {
  for (const auto& comparison : evaluation_.comparisons) {
    if (!is_of(comparison, question)) continue;
    const auto name = name_in(question);
    const auto figure = comparison.figures.find(canonical_name(name));
    if (figure == comparison.figures.end()) not_computed(question);
    auto observed = oriented(figure->second, metrics::higher_is_better(name));
    observed.support = {comparison.rows, comparison.positives};
    return observed;
  }
  PairedObservation nothing;
  nothing.reason = nothing.interval_reason = kEmptySlice;
  return nothing;
}

std::vector<std::string> EvaluationObserver::values_of(const std::string& part, const std::string& column) const {
  std::vector<std::string> values;
  for (const auto& slice : evaluation_.slices)
    if (slice.part == part && slice.column == column) values.push_back(slice.value);
  return values;
}

gate::Verdict judge_evaluation(const contracts::GovernanceProfile& policy, const Evaluation& evaluation) {
  return gate::judge(policy, EvaluationObserver(evaluation));
}

}  // namespace mf::factory
