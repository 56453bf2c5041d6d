#include <algorithm>

#include "factory/evaluation_desk.hpp"
#include "factory/figures.hpp"
#include "mf/error.hpp"

namespace mf::factory {
namespace {

using contracts::BaselineComparison;
using metrics::RankedPart;

/// Scores say nothing of who gave them: the plan does.
bool scored_these_rows(const contracts::BundleReference& baseline, const EvaluationDesk& desk) {
  const auto& lock = desk.rules.plan.baseline;
  if (!lock || lock->bundle_id != baseline.bundle_id || lock->bundle_version != baseline.bundle_version) return false;
  return std::ranges::all_of(desk.parts, [](const auto& part) { return part.baseline_scores.size() == part.rows(); });
}

void require_baseline_scores(const EvaluationDesk& desk) {
  const auto& baseline = desk.rules.policy.baseline.value();
  if (scored_these_rows(baseline, desk)) return;
  throw Error(Code::GOVERNANCE_PROFILE_INVALID,
              "/baseline: the policy compares with the bundle " + baseline.bundle_id + " " + baseline.bundle_version +
                  ", which has not scored these rows",
              {{"pointer", "/baseline"}}, "Judge by this policy in a run whose request names it.");
}

/// Its own threshold, chosen by the same rule for its scores and never the candidate's, and its own distributions.
void fill_baseline_settings(const EvaluationDesk& desk, PartSettings& settings) {
  RankedParts ranked;
  for (std::size_t p = 0; p < ranked.size(); ++p) ranked[p] = metrics::baseline_of(desk.parts[p]);
  EvaluationRules rules = desk.rules;
  rules.operating_point.reset();
  fill_settings(rules, ranked, settings);
}

BaselineComparison compare(const EvaluationDesk& desk, const PartSettings& baseline, std::size_t p,
                           const RankedPart& rows, const FigureNames& names) {
  BaselineComparison comparison;
  comparison.part = part_name(p);
  comparison.rows = static_cast<std::int64_t>(rows.rows());
  comparison.positives = frauds_of(rows);
  const auto differences = metrics::compare(rows, desk.settings.of[p], baseline.of[p], {names.begin(), names.end()},
                                            desk.bootstrap.value(), desk.each());
  for (const auto& [name, difference] : differences) comparison.figures[name] = difference_of(difference);
  return comparison;
}

void compare_slices(const EvaluationDesk& desk, const PartSettings& baseline, std::size_t p, const std::string& name,
                    std::vector<BaselineComparison>& comparisons) {
  const std::size_t s = desk.slice_number(p, name);
  const auto& values = desk.parts[p].slices[s].values;
  for (std::uint32_t code = 0; code < values.size(); ++code) {
    const auto names = desk.asked.compared(part_name(p), gate::SliceValue{name, values[code]});
    if (names.empty()) continue;
    const RankedPart rows = metrics::slice_of(desk.parts[p], s, code);
    if (rows.rows() == 0) continue;
    auto comparison = compare(desk, baseline, p, rows, names);
    comparison.column = name;
    comparison.value = values[code];
    comparisons.push_back(std::move(comparison));
  }
}

}  // namespace

std::vector<BaselineComparison> compare_with_baseline(const EvaluationDesk& desk) {
  if (!desk.rules.policy.comparisons) return {};
  require_baseline_scores(desk);
  PartSettings baseline;
  fill_baseline_settings(desk, baseline);
  std::vector<BaselineComparison> comparisons;
  for (std::size_t p = 0; p < desk.parts.size(); ++p) {
    const auto whole = desk.asked.compared(part_name(p));
    if (!whole.empty()) comparisons.push_back(compare(desk, baseline, p, desk.parts[p], whole));
    for (const auto& column : desk.asked.sliced_by(part_name(p)))
      compare_slices(desk, baseline, p, column, comparisons);
  }
  return comparisons;
}

}  // namespace mf::factory
