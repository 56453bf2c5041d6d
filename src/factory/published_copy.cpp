#include "factory/published_copy.hpp"

#include <optional>

#include "factory/records.hpp"
#include "factory/weighed.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::BundleManifest;
namespace layout = store::layout;

/// What stood in the registry; before that was recorded, it was what MF's own copy holds, which an older log does not
/// vouch for either.
std::optional<std::string> digest_of_publication(const Desk& desk, const ledger::RunState& state) {
  if (const auto stood = state.facts.find(kRegistryPublicationDigest); stood != state.facts.end()) return stood->second;
  if (const auto* record = state.find(kBundlePublication.name)) return record->sha256;
  const auto bytes = desk.store().find(layout::bundle_member(desk.run, layout::kBundlePublicationFile));
  return bytes ? std::optional(identity::sha256_hex(*bytes)) : std::nullopt;
}

}  // namespace

std::map<std::string, std::string> published_files(const Desk& desk, const ledger::RunState& state,
                                                   const BundleManifest& manifest) {
  std::map<std::string, std::string> digests;
  const auto key = [&](std::string_view path) {
    return layout::registry::bundle_member(manifest.bundle_id, manifest.bundle_version, path);
  };
  for (const auto& member : manifest.members) digests[key(member.path)] = member.sha256;
  digests[key(layout::kBundleManifestFile)] = require_recorded(state, kBundleManifest, desk.run.run_key).sha256;
  if (const auto stood = state.facts.find(kRegistrySubmissionDigest); stood != state.facts.end())
    digests[key(layout::kBundleSubmissionFile)] = stood->second;
  if (const auto digest = digest_of_publication(desk, state)) digests[key(layout::kBundlePublicationFile)] = *digest;
  return digests;
}

std::uint64_t require_published(const store::ArtifactStore& registry, const std::string& key,
                                const std::string& sha256) {
  const auto standing = registry.open(key);
  if (!standing)
    throw Error(Code::EVIDENCE_UNRESOLVED, key + " was published and is not in the registry any more", {{"ref", key}},
                "Ask the registry's owner to restore it.");
  const Weighed weighed = weigh(*standing);
  if (weighed.sha256 != sha256)
    throw Error(Code::PUBLISH_CONFLICT, key + " in the registry has other bytes than were published",
                {{"ref", key}, {"expected", sha256}, {"observed", weighed.sha256}});
  return weighed.bytes;
}

void require_published_copy(const Desk& desk, const ledger::RunState& state) {
  const auto manifest = recorded<BundleManifest>(desk.store(), state, kBundleManifest, desk.run.run_key);
  const auto files = published_files(desk, state, manifest);
  try {
    const auto registry = open_registry(desk.workshop);
    for (const auto& [key, sha256] : files) require_published(*registry, key, sha256);
  } catch (const Error& error) {
    if (std::string_view(error.row().category) != "STORE") throw;
  }
}

}  // namespace mf::factory
