#include "report/in_words.hpp"
#include "report/metric_titles.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"
#include "report/verdict.hpp"

namespace mf::report {
namespace {

using contracts::CriterionResult;

std::string interval_in_words(const std::optional<contracts::ObservedInterval>& interval) {
  return interval ? " [" + number(interval->lower) + ", " + number(interval->upper) + "]" : "";
}

std::string observed_in_words(const CriterionResult& criterion) {
  if (criterion.difference)
    return number(criterion.difference) + interval_in_words(criterion.interval) + ": " + number(criterion.observed) +
           " against " + number(criterion.baseline);
  if (!criterion.observed) return "none";
  // Digits are cut only where that leaves no doubt on which side of the threshold it is.
  const bool is_close = number(criterion.observed) == number(criterion.threshold);
  return (is_close ? exact_number(*criterion.observed) : number(criterion.observed)) +
         interval_in_words(criterion.interval);
}

std::string demand_in_words(const CriterionResult& criterion) {
  if (criterion.comparison == "not_worse")
    return "not worse than the baseline by more than " + exact_number(0 - criterion.threshold);
  const bool of_a_bound = criterion.bound && *criterion.bound != "point";
  return (of_a_bound ? *criterion.bound + " bound " : "") +
         (criterion.comparison == "at_least" ? "at least " : "at most ") + exact_number(criterion.threshold);
}

Cell rows_of(const CriterionResult& criterion) {
  Cell cell(criterion.part);
  if (criterion.slice) cell.text += ", " + criterion.slice->column + " = " + criterion.slice->value.value_or("(none)");
  if (criterion.rows && criterion.frauds)
    cell.note = counted(*criterion.rows, "row", "rows") + ", " + count(*criterion.frauds) + " fraud";
  return cell;
}

std::string reason_of(const CriterionResult& criterion) {
  return criterion.reason.empty() ? "holds" : criterion.reason;
}

std::vector<Cell> row_of(const CriterionResult& criterion) {
  return {criterion.id,
          Cell(criterion.outcome, outcome_named(criterion.outcome, criterion.severity)),
          title_of_metric(criterion.metric),
          rows_of(criterion),
          observed_in_words(criterion),
          demand_in_words(criterion),
          criterion.severity == "block" ? "blocks" : "only warns",
          reason_of(criterion)};
}

Table criteria_of(const contracts::GateReceipt& receipt) {
  Table table{
      "Every criterion of the policy: what was observed, with its 95 % interval where one was computed, and what is "
      "demanded",
      {{"Criterion"},
       {"Outcome"},
       {"Figure"},
       {"Rows"},
       {"Observed", true},
       {"Demanded", true},
       {"If it fails"},
       {"Why"}},
      {}};
  for (const auto& criterion : receipt.criteria) table.rows.push_back(row_of(criterion));
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
  const std::string rows = comparison.column ? *comparison.column + " = " + comparison.value.value_or("(none)") : "all";
  return {title_of_metric(name),    comparison.part,         rows,
          number(figure.candidate), number(figure.baseline), number_and_interval(figure.difference, &figure.interval)};
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
    section.blocks = {criteria_of(*documents.verdict), policy_of(*documents.verdict)};
  } else {
    section.blocks = {
        Paragraph{"No gate receipt is recorded for this run: its figures were computed, and not judged by the gate."}};
  }
  const auto& metrics = documents.evaluation.metrics;
  if (metrics.baseline && !metrics.comparisons.empty()) section.sections.push_back(baseline_of(metrics));
  return section;
}

}  // namespace mf::report
