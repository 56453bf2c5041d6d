#include "factory/evaluation.hpp"

#include "factory/evaluation_desk.hpp"
#include "factory/figures.hpp"

namespace mf::factory {
namespace {

/// Figures of a part; with intervals of all of them where it tests, else of those that the policy wants sure.
contracts::PartFigures evaluate_part(const EvaluationDesk& desk, std::size_t p) {
  const auto part = dataset::kEvaluatedParts[p];
  const auto measured = metrics::evaluate(desk.parts[p], desk.settings.of[p]);
  auto figures = figures_of(measured);
  // The train part is long, and its days say little of what is to come.
  if (part != dataset::Part::train) figures.days = periods_of(measured.days);
  auto sure = desk.asked.with_interval(part_name(p));
  if (part == dataset::Part::test)
    for (const auto& figure : measured.figures) sure.insert(figure.first);
  figures.intervals = desk.intervals(desk.parts[p], desk.settings.of[p], sure);
  return figures;
}

std::optional<contracts::EvalReport::Bootstrap> told_bootstrap(const EvaluationDesk& desk) {
  if (!desk.bootstrap) return {};
  contracts::EvalReport::Bootstrap told;
  told.method = metrics::kBootstrapMethod;
  told.cluster_by = desk.rules.profile.evaluation.bootstrap->cluster_by;
  told.resamples = desk.bootstrap->resamples;
  told.seed = desk.rules.seed;
  told.level = metrics::kIntervalLevel;
  for (std::size_t p = 0; p < desk.parts.size(); ++p)
    told.clusters[part_name(p)] = metrics::cluster_count(desk.parts[p], desk.bootstrap->cluster);
  return told;
}

}  // namespace

Evaluation evaluate_rows(dataset::ScoredRowsFile rows, const EvaluationRules& rules) {
  const EvaluationDesk desk(rules, ranked(std::move(rows)));
  Evaluation evaluation;
  evaluation.operating_point = desk.settings.operating_point;
  evaluation.bootstrap = told_bootstrap(desk);
  for (std::size_t p = 0; p < desk.parts.size(); ++p) {
    evaluation.parts[part_name(p)] = evaluate_part(desk, p);
    for (auto& slice : evaluate_slices(desk, p)) evaluation.slices.push_back(std::move(slice));
  }
  evaluation.comparisons = compare_with_baseline(desk);
  return evaluation;
}

}  // namespace mf::factory
