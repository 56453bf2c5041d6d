#include "factory/adoption.hpp"

#include "mf/engine/model_summary.hpp"

namespace mf::factory {

using contracts::EvalReport;
using contracts::ScoringContract;
using Evaluation = contracts::TrainingProfile::Evaluation;
using Chosen = contracts::Adoption::Chosen;

namespace {

/// The threshold that `evaluation` asks for, as the bundle chose it; the bundle's own where it asks for none.
std::optional<Chosen> chosen_threshold(const contracts::Adoption& adopted, const Evaluation& evaluation) {
  const auto& wanted = evaluation.operating_point;
  const auto& chosen = adopted.operating_point;
  if (!wanted) return chosen;
  if (chosen && chosen->rule == wanted->rule && chosen->value == wanted->value) return chosen;
  if (wanted->rule != "alert_rate") return {};
  for (const auto& point : adopted.operating_points)
    if (point.alert_rate == wanted->value) return Chosen{wanted->rule, wanted->value, point.threshold};
  return {};
}

}  // namespace

engine::Fit adopted_fit(const RegisteredBundle& bundle) {
  const auto summary = engine::summary_of(bundle.model);
  // Loaded once now, so that what cannot score is refused before anything is kept.
  static_cast<void>(engine::Scorer(bundle.model, feature_names_of(bundle.scoring), 1));
  engine::Fit fit;
  fit.model = bundle.model;
  fit.parameters = {{"objective", summary.objective}};
  fit.rounds_kept = summary.rounds;
  return fit;
}

contracts::Adoption adoption_of(const RegisteredBundle& bundle) {
  const auto& manifest = bundle.manifest;
  contracts::Adoption adoption{
      {manifest.bundle_id, manifest.bundle_version}, manifest.run_key, bundle.scoring.score, {}, {}};
  for (const auto& point : bundle.scoring.operating_points)
    adoption.operating_points.push_back({point.alert_rate, point.threshold});
  if (const auto& chosen = bundle.scoring.operating_point)
    adoption.operating_point = {chosen->rule, chosen->value, chosen->threshold};
  return adoption;
}

std::optional<EvalReport::OperatingPoint> chosen_before(const contracts::ExecutionRecord& execution,
                                                        const contracts::TrainingProfile& profile) {
  if (!execution.adopted) return {};
  const auto chosen = chosen_threshold(*execution.adopted, profile.evaluation);
  if (!chosen) return {};
  EvalReport::OperatingPoint point{chosen->rule, chosen->value, chosen->threshold, "bundle", {}};
  if (!point.threshold) point.reason = "the scoring contract of the bundle has no threshold for this rule";
  return point;
}

bool gives_threshold(const contracts::Adoption& adopted, const contracts::TrainingProfile& profile) {
  return !profile.evaluation.operating_point || chosen_threshold(adopted, profile.evaluation);
}

std::vector<std::string> feature_names_of(const ScoringContract& scoring) {
  std::vector<std::string> names;
  for (const auto& feature : scoring.features) names.push_back(feature.name);
  return names;
}

std::map<std::string, std::vector<std::string>> categories_of(const ScoringContract& scoring) {
  return scoring.categories.value_or(std::map<std::string, std::vector<std::string>>());
}

}  // namespace mf::factory
