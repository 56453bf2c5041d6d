#include <set>

#include "mf/publication/bundle.hpp"

namespace mf::publication {

std::string fault_of(const contracts::ScoringContract& scoring, const contracts::BundleManifest::Member& model) {
  if (scoring.model.path != model.path || scoring.model.sha256 != model.sha256)
    return "is the contract of another model";
  std::set<std::string> names, categories;
  for (const auto& feature : scoring.features) {
    if (!names.insert(feature.name).second) return "names the feature " + feature.name + " twice";
    if (feature.type == "string") categories.insert(feature.name);
  }
  std::set<std::string> listed;
  if (scoring.categories)
    for (const auto& [name, texts] : *scoring.categories) listed.insert(name);
  return names.empty() || listed != categories ? "does not list the categories of its features" : "";
}

}  // namespace mf::publication
