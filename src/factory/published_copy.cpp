#include "factory/published_copy.hpp"

#include <map>

#include "factory/records.hpp"
#include "mf/contracts/bundle_documents.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::BundleManifest;
namespace layout = store::layout;

/// The digest of every file of the bundle, by its path in it.
std::map<std::string, std::string> handed_over(const Desk& desk, const ledger::RunState& state,
                                               const BundleManifest& manifest) {
  std::map<std::string, std::string> digests;
  for (const auto& member : manifest.members) digests[member.path] = member.sha256;
  digests[std::string(layout::kBundleManifestFile)] = require_recorded(state, kBundleManifest, desk.run.run_key).sha256;
  const std::string publication = layout::bundle_member(desk.run, layout::kBundlePublicationFile);
  if (const auto bytes = desk.store().find(publication))
    digests[std::string(layout::kBundlePublicationFile)] = identity::sha256_hex(*bytes);
  return digests;
}

void require_same(const store::ArtifactStore& registry, const std::string& key, const std::string& sha256) {
  const auto standing = registry.find(key, store::ArtifactStore::kArtifactLimit);
  if (!standing)
    throw Error(Code::EVIDENCE_UNRESOLVED, key + " was published and is not in the registry any more", {{"ref", key}},
                "Ask the registry's owner to restore it.");
  const std::string observed = identity::sha256_hex(*standing);
  if (observed != sha256)
    throw Error(Code::PUBLISH_CONFLICT, key + " in the registry has other bytes than were published",
                {{"ref", key}, {"expected", sha256}, {"observed", observed}});
}

}  // namespace

void require_published_copy(const Desk& desk, const ledger::RunState& state) {
  const auto manifest = recorded<BundleManifest>(desk.store(), state, kBundleManifest, desk.run.run_key);
  const auto digests = handed_over(desk, state, manifest);
  try {
    const auto registry = open_registry(desk.workshop);
    for (const auto& [path, sha256] : digests)
      require_same(*registry, layout::registry::bundle_member(manifest.bundle_id, manifest.bundle_version, path),
                   sha256);
  } catch (const Error& error) {
    if (std::string_view(error.row().category) != "STORE") throw;
  }
}

}  // namespace mf::factory
