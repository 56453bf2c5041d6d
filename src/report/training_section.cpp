#include "report/in_words.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

Facts engine_of(const Documents& documents) {
  const auto& execution = documents.execution;
  const auto& engine = execution.engine;
  Facts facts{{{"Algorithm", engine.algorithm_id},
               {"Engine version", execution.circumstance.engine_version},
               {"Rounds kept", count(engine.rounds_kept) + " of " + count(engine.rounds_run) +
                                   (engine.stopped_early ? "; stopped early" : "")},
               {"Features", count(static_cast<std::int64_t>(documents.artifact.feature_names.size()))},
               {"Seed", std::to_string(execution.stage_seed) + " (" + execution.seed_policy.recipe + ", base " +
                            std::to_string(execution.seed_policy.base_seed) + ")"}}};
  if (engine.best_metric) facts.facts.emplace_back("Best figure of early stopping", number(engine.best_metric));
  return facts;
}

Table parameters_of(const contracts::ExecutionRecord::Engine& engine) {
  Table table{"Parameters as the engine got them", {{"Parameter"}, {"Value"}}, {}};
  for (const auto& [name, value] : engine.parameters) table.rows.push_back({name, value});
  return table;
}

Table features_of(const Documents& documents) {
  Table table{"Features in the order the model takes them", {{"Place", true}, {"Feature"}, {"Kind"}}, {}};
  const auto& categories = documents.execution.engine.categories;
  for (const auto& feature : documents.artifact.feature_names) {
    const bool category = categories && categories->contains(feature);
    table.rows.push_back(
        {std::to_string(table.rows.size() + 1), feature,
         category ? counted(static_cast<std::int64_t>(categories->at(feature).size()), "category", "categories")
                  : "number"});
  }
  return table;
}

Section adopted_section(const Documents& documents) {
  const auto& adopted = *documents.execution.adopted;
  return {
      "training",
      "Model",
      {Paragraph{"This run trained nothing: it evaluates the model of a published bundle."},
       Facts{{{"Bundle", Cell::exactly(adopted.bundle.bundle_id)},
              {"Version", Cell::exactly(adopted.bundle.bundle_version)},
              {"Trained by the run", Cell::exactly(adopted.run_key)},
              {"Its score", adopted.score},
              {"Algorithm", documents.artifact.algorithm_id}}},
       Folded{"All " + std::to_string(documents.artifact.feature_names.size()) + " features", features_of(documents)}}};
}

}  // namespace

Section training_section(const Documents& documents) {
  if (documents.execution.adopted) return adopted_section(documents);
  return {
      "training",
      "Model and training",
      {engine_of(documents), parameters_of(documents.execution.engine),
       Folded{"All " + std::to_string(documents.artifact.feature_names.size()) + " features", features_of(documents)}}};
}

}  // namespace mf::report
