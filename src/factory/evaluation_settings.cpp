#include "factory/evaluation_settings.hpp"

#include <algorithm>
#include <limits>

#include "mf/engine/objectives.hpp"
#include "mf/gate/needs.hpp"
#include "mf/metrics/catalogue.hpp"
#include "mf/metrics/operating_point.hpp"

namespace mf::factory {
namespace {

using contracts::EvalReport;
using contracts::TrainingProfile;
using metrics::EvaluationSettings;
using metrics::OperatingRule;
using metrics::RankedPart;

constexpr std::size_t kTrain = 0, kValidation = 1, kTest = 2;
static_assert(dataset::kEvaluatedParts[kTrain] == dataset::Part::train &&
              dataset::kEvaluatedParts[kValidation] == dataset::Part::validation &&
              dataset::kEvaluatedParts[kTest] == dataset::Part::test);

std::optional<metrics::Costs> costs_of(const TrainingProfile::Evaluation& evaluation) {
  if (!evaluation.costs) return {};
  return metrics::Costs{evaluation.costs->alert, evaluation.costs->missed_fraud,
                        evaluation.costs->missed_fraud_amount_share};
}

/// What is the same for all parts.
EvaluationSettings common_settings(const EvaluationRules& rules) {
  const auto& evaluation = rules.profile.evaluation;
  EvaluationSettings settings;
  settings.top_k = evaluation.top_k;
  settings.alert_rates = evaluation.alert_rates;
  settings.max_fpr = evaluation.max_fpr.value_or(std::vector<double>{});
  settings.card_top_k = evaluation.card_top_k.value_or(std::vector<std::int64_t>{});
  settings.beta = evaluation.beta;
  settings.costs = costs_of(evaluation);
  const auto& objective = engine::objective_of(rules.profile);
  if (!objective.gives_probabilities)
    settings.no_probabilities = "the scores of " + std::string(objective.name) + " are no probabilities";
  if (evaluation.slices) settings.support = {evaluation.slices->min_rows, evaluation.slices->min_frauds};
  for (const auto& need : gate::needs_of(rules.policy))
    if (const auto name = metrics::parse_metric(need.metric)) metrics::want(settings, *name);
  return settings;
}

OperatingRule::Kind kind_of(const std::string& rule) {
  static const std::map<std::string, OperatingRule::Kind> kKinds = {{"alert_rate", OperatingRule::Kind::alert_rate},
                                                                    {"max_fpr", OperatingRule::Kind::max_fpr},
                                                                    {"min_recall", OperatingRule::Kind::min_recall},
                                                                    {"max_f_beta", OperatingRule::Kind::max_f_beta},
                                                                    {"min_cost", OperatingRule::Kind::min_cost}};
  return kKinds.at(rule);
}

std::optional<EvalReport::OperatingPoint> choose(const EvaluationRules& rules, const RankedPart& validation) {
  if (rules.operating_point) return rules.operating_point;
  const auto& evaluation = rules.profile.evaluation;
  if (!evaluation.operating_point) return {};
  const OperatingRule rule{kind_of(evaluation.operating_point->rule), evaluation.operating_point->value,
                           evaluation.beta, costs_of(evaluation)};
  const auto chosen = metrics::choose_threshold(validation, rule);
  EvalReport::OperatingPoint point{evaluation.operating_point->rule, evaluation.operating_point->value, chosen.value,
                                   "validation", std::nullopt};
  if (!chosen.value) point.reason = chosen.reason;
  return point;
}

/// Marks the cards of the frauds of `part` as known `delay` days after, or before all days where there is none.
void mark_frauds(const RankedPart& part, std::optional<std::int32_t> delay, std::vector<std::int32_t>& known_from) {
  known_from.resize(part.entity_count, metrics::kNeverKnown);
  for (std::size_t row = 0; row < part.entities.size(); ++row) {
    if (part.labels[row] == 0 || part.entities[row] == metrics::kNoEntity) continue;
    const std::int32_t from = delay ? part.days[row] + *delay : std::numeric_limits<std::int32_t>::min();
    auto& known = known_from[part.entities[row]];
    known = std::min(known, from);
  }
}

/// How long after a fraud its label is known to be there; nothing when no manifest says.
std::optional<std::int32_t> label_delay(const contracts::ResolvedTrainPlan& plan) {
  std::optional<std::int32_t> delay;
  for (const auto& manifest : plan.dataset_manifests)
    if (manifest.maturity_days) delay = std::max(delay.value_or(0), static_cast<std::int32_t>(*manifest.maturity_days));
  return delay;
}

/// Cards known as fraud of earlier parts: those of the train part from the beginning, those of validation from the day
/// on which their labels arrive.
void mark_known(const RankedParts& parts, std::optional<std::int32_t> delay, PartSettings& settings) {
  if (parts[kTest].entities.empty()) return;
  for (const std::size_t p : {kValidation, kTest}) mark_frauds(parts[kTrain], {}, settings.known_from[p]);
  if (delay) mark_frauds(parts[kValidation], delay, settings.known_from[kTest]);
}

}  // namespace

void fill_settings(const EvaluationRules& rules, const RankedParts& parts, PartSettings& settings) {
  const auto common = common_settings(rules);
  const auto delay = label_delay(rules.plan);
  settings.operating_point = choose(rules, parts[kValidation]);
  mark_known(parts, delay, settings);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    auto& of = settings.of[p] = common;
    of.cards.known_from = settings.known_from[p];
    of.cards.label_delay_days = delay;
    if (settings.operating_point) {
      of.threshold = settings.operating_point->threshold;
      of.no_threshold = settings.operating_point->reason.value_or("");
    }
    for (const std::size_t reference : {kTrain, kValidation})
      if (reference < p && parts[reference].rows() > 0)
        of.references[std::string(name_of(dataset::kEvaluatedParts[reference]))] =
            metrics::score_distribution(parts[reference]);
  }
}

std::optional<metrics::Bootstrap> bootstrap_of(const EvaluationRules& rules) {
  const auto& wanted = rules.profile.evaluation.bootstrap;
  if (!wanted) return {};
  return metrics::Bootstrap{wanted->resamples,
                            wanted->cluster_by == "day" ? metrics::Cluster::day : metrics::Cluster::entity,
                            static_cast<std::uint64_t>(rules.seed)};
}

}  // namespace mf::factory
