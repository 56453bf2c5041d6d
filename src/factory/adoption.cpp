#include "factory/adoption.hpp"

#include "mf/engine/model_summary.hpp"

namespace mf::factory {

using contracts::ScoringContract;

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
      {manifest.bundle_id, manifest.bundle_version}, manifest.run_key, bundle.scoring.score, {}};
  for (const auto& point : bundle.scoring.operating_points)
    adoption.operating_points.push_back({point.alert_rate, point.threshold});
  return adoption;
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
