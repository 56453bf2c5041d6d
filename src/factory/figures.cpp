#include "factory/figures.hpp"

#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"
#include "mf/identity/canonical_json.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::factory {
namespace {

using contracts::PartFigures;
using metrics::Figure;

/// The value of a figure; its reason goes under `undefined` when it has none.
std::optional<double> take(const Figure& figure, const std::string& name, PartFigures& figures) {
  if (!figure.value) figures.undefined[name] = figure.reason;
  return figure.value;
}

PartFigures figures_of_part(const metrics::PartMetrics& part) {
  PartFigures figures;
  figures.rows = part.rows;
  figures.positives = part.positives;
  figures.auc_roc = take(part.auc_roc, "auc_roc", figures);
  figures.average_precision = take(part.average_precision, "average_precision", figures);
  figures.log_loss = take(part.log_loss, "log_loss", figures);
  figures.brier = take(part.brier, "brier", figures);
  figures.expected_calibration_error = take(part.expected_calibration_error, "expected_calibration_error", figures);
  for (const auto& top : part.top_k) {
    const std::string suffix = "_at_" + std::to_string(top.k);
    figures.top_k.push_back(
        {top.k, take(top.precision, "precision" + suffix, figures), take(top.recall, "recall" + suffix, figures)});
  }
  for (const auto& rate : part.alert_rates) {
    const std::string suffix = "_at_alert_rate_" + identity::canonical_number(rate.rate);
    figures.alert_rates.push_back({rate.rate, rate.alerts, take(rate.threshold, "threshold" + suffix, figures),
                                   take(rate.precision, "precision" + suffix, figures),
                                   take(rate.recall, "recall" + suffix, figures)});
  }
  for (const auto& bin : part.calibration)
    figures.calibration.push_back({bin.lower, bin.upper, bin.rows, bin.mean_score.value, bin.observed_rate.value});
  return figures;
}

}  // namespace

metrics::EvaluationSettings settings_of(const contracts::TrainingProfile& profile,
                                        const contracts::GovernanceProfile& policy) {
  metrics::EvaluationSettings settings{profile.evaluation.top_k, profile.evaluation.alert_rates};
  const auto& objective = engine::objective_of(profile);
  if (!objective.gives_probabilities)
    settings.no_probabilities = "the scores of " + std::string(objective.name) + " are no probabilities";
  for (const auto& criterion : policy.criteria)
    if (const auto name = metrics::parse_metric(criterion.metric)) metrics::want(settings, *name);
  return settings;
}

PartsMetrics compute(const std::vector<dataset::ScoredRows>& scored, const metrics::EvaluationSettings& settings) {
  PartsMetrics parts;
  for (std::size_t i = 0; i < dataset::kEvaluatedParts.size(); ++i) {
    const auto& rows = scored.at(i);
    parts[std::string(name_of(dataset::kEvaluatedParts[i]))] =
        metrics::evaluate({rows.scores, rows.labels, rows.keys}, settings);
  }
  return parts;
}

std::map<std::string, PartFigures> figures_of(const PartsMetrics& parts) {
  std::map<std::string, PartFigures> figures;
  for (const auto& [name, part] : parts) figures[name] = figures_of_part(part);
  return figures;
}

gate::Verdict judge_figures(const contracts::GovernanceProfile& policy, const PartsMetrics& parts) {
  return gate::judge(policy, [&](const std::string& part, const std::string& metric) -> gate::Observation {
    const auto name = metrics::parse_metric(metric);
    const auto figure = name ? metrics::figure(parts.at(part), *name) : std::nullopt;
    if (!figure) throw Error(Code::INTERNAL, "the figure " + metric + " was not computed");
    return {figure->value, figure->reason};
  });
}

}  // namespace mf::factory
