#include "report/in_words.hpp"
#include "report/metric_titles.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"
#include "report/verdict.hpp"

namespace mf::report {
namespace {

using contracts::CriterionResult;

std::string observed_in_words(const CriterionResult& criterion, const contracts::EvalReport& report) {
  if (!criterion.observed) return "none";
  const auto* part = part_of(report, criterion.part);
  const auto* interval = part == nullptr ? nullptr : interval_of(part->intervals, criterion.metric);
  if (interval == nullptr || !interval->lower || !interval->upper) return exact_number(*criterion.observed);
  return number(criterion.observed) + " [" + number(interval->lower) + ", " + number(interval->upper) + "]";
}

std::string demand_in_words(const CriterionResult& criterion) {
  return (criterion.comparison == "at_least" ? "at least " : "at most ") + exact_number(criterion.threshold);
}

std::vector<Cell> row_of(const CriterionResult& criterion, const contracts::EvalReport& report) {
  return {criterion.id,
          Cell(criterion.outcome, outcome_named(criterion.outcome, criterion.severity)),
          title_of_metric(criterion.metric),
          criterion.part,
          observed_in_words(criterion, report),
          demand_in_words(criterion),
          criterion.severity == "block" ? "blocks" : "warns",
          criterion.reason.empty() ? "holds" : criterion.reason};
}

Table criteria_of(const contracts::GateReceipt& receipt, const contracts::EvalReport& report) {
  Table table{
      "Every criterion of the policy: what was observed, with its 95 % interval where one was computed, and what is "
      "demanded",
      {{"Criterion"}, {"Outcome"}, {"Figure"}, {"Part"}, {"Observed", true}, {"Demanded", true}, {"Failing"}, {"Why"}},
      {}};
  for (const auto& criterion : receipt.criteria) table.rows.push_back(row_of(criterion, report));
  return table;
}

Facts policy_of(const contracts::GateReceipt& receipt) {
  const auto& policy = receipt.policy;
  return {{{"Policy", policy.policy_id + " " + policy.revision},
           {"Policy revision of the request", policy.policy_revision},
           {"Governance profile", Cell::exactly(policy.profile_ref)},
           {"Digest of the profile", Cell::exactly(policy.profile_digest)},
           {"Judged at", receipt.evaluated_at_utc}}};
}

std::vector<Cell> row_of(const std::string& name, const contracts::BaselineComparison& comparison,
                         const contracts::BaselineComparison::Figure& figure) {
  const auto& interval = figure.interval;
  const std::string rows = comparison.column ? *comparison.column + " = " + comparison.value.value_or("(none)") : "all";
  return {title_of_metric(name),
          comparison.part,
          rows,
          number(figure.candidate),
          number(figure.baseline),
          number(figure.difference) + (interval.lower && interval.upper
                                           ? " [" + number(interval.lower) + ", " + number(interval.upper) + "]"
                                           : "")};
}

Section baseline_of(const contracts::EvalReport::Metrics& metrics) {
  Table table{
      "This model and the baseline on the same rows; the difference with its 95 % interval over the same resamples",
      {{"Figure"}, {"Part"}, {"Rows"}, {"This model", true}, {"Baseline", true}, {"Difference", true}},
      {}};
  for (const auto& comparison : metrics.comparisons)
    for (const auto& [name, figure] : comparison.figures) table.rows.push_back(row_of(name, comparison, figure));
  return {"baseline",
          "Against the baseline",
          {Facts{{{"Baseline bundle", Cell::exactly(metrics.baseline->bundle_id)},
                  {"Version", Cell::exactly(metrics.baseline->bundle_version)}}},
           table}};
}

}  // namespace

Section verdict_section(const Documents& documents) {
  Section section{"verdict", "Verdict and why"};
  if (documents.verdict) {
    section.blocks = {criteria_of(*documents.verdict, documents.evaluation), policy_of(*documents.verdict)};
  } else {
    section.blocks = {
        Paragraph{"No gate receipt is recorded for this run: its figures were computed, and not judged by the gate."}};
  }
  const auto& metrics = documents.evaluation.metrics;
  if (metrics.baseline && !metrics.comparisons.empty()) section.sections.push_back(baseline_of(metrics));
  return section;
}

}  // namespace mf::report
