#include "factory/baseline_scores.hpp"

#include "factory/adoption.hpp"
#include "mf/dataset/chosen_features.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "mf/engine/booster.hpp"

namespace mf::factory {

std::vector<std::vector<float>> baseline_scores(const Stage& stage, const contracts::ResolvedTrainPlan& plan,
                                                const PreparedDataset& dataset) {
  if (!plan.baseline) return {};
  const auto bundle = read_locked_bundle([&] { return open_registry(stage.workshop); }, *plan.baseline);
  const auto names = feature_names_of(bundle.scoring);
  const engine::Scorer scorer(bundle.model, names, stage.workshop.threads);
  const dataset::Categories categories(dataset.rows, categories_of(bundle.scoring));
  std::vector<std::vector<float>> scores;
  for (const auto part : dataset::kEvaluatedParts) {
    stage.stop_if_asked();
    stage.workshop.journal.progress("scoring with the baseline", scores.size(), dataset::kEvaluatedParts.size(),
                                    std::string(name_of(part)));
    dataset::SpilledBatches rows(dataset.rows, dataset.split, part, &categories);
    dataset::ChosenFeatures chosen(rows, names);
    scores.push_back(scorer.score(chosen));
  }
  return scores;
}

}  // namespace mf::factory
