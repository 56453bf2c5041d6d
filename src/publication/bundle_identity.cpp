#include "mf/publication/bundle.hpp"

#include <nlohmann/json.hpp>

#include "mf/contracts/document.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::publication {

std::string bundle_id_of(const contracts::BundleManifest& manifest) {
  contracts::BundleManifest named = manifest;
  // The schema wants both; they are taken out again before hashing.
  named.bundle_id = std::string(64, '0');
  named.bundle_version = "v0";
  auto content = nlohmann::json::parse(contracts::write(named));
  content.erase("bundle_id");
  content.erase("bundle_version");
  return identity::bundle_id(content);
}

}  // namespace mf::publication
