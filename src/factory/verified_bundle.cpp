#include "factory/verified_bundle.hpp"

#include "factory/published_copy.hpp"
#include "factory/records.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::factory {
namespace {

using contracts::BundleManifest;
namespace layout = store::layout;

/// What the log says of the lifecycle event; empty where the log is from before it said anything.
std::string recorded_event_digest(const std::vector<contracts::LedgerEvent>& events) {
  for (const auto& event : events)
    if (const auto digest = event.detail.find(kRegistryEventDigest); digest != event.detail.end())
      return digest->second;
  return {};
}

/// Another event may not stand in its place, whatever its bytes.
void require_event_of(const BundleManifest& manifest, const std::string& bytes, const std::string& key) {
  const auto event = contracts::read_json<contracts::RegistryLifecycleEvent>(bytes, key);
  if (event.registry_event_id != identity::registry_event_id(manifest.bundle_id, manifest.bundle_version) ||
      event.bundle_ref.bundle_id != manifest.bundle_id || event.bundle_ref.bundle_version != manifest.bundle_version)
    throw Error(Code::REGISTRY_EVENT_IMMUTABILITY_VIOLATION, key + " is not the event of this bundle", {{"ref", key}});
}

std::uint64_t require_event(const store::ArtifactStore& registry, const std::string& key,
                            const BundleManifest& manifest, const std::string& sha256) {
  const auto bytes = registry.find(key);
  if (!bytes)
    throw Error(Code::EVIDENCE_UNRESOLVED, key + " was published and is not in the registry any more", {{"ref", key}},
                "Ask the registry's owner to restore it.");
  const std::string observed = identity::sha256_hex(*bytes);
  if (!sha256.empty() && observed != sha256)
    throw Error(Code::REGISTRY_EVENT_IMMUTABILITY_VIOLATION,
                key + " in the registry has other bytes than were published",
                {{"ref", key}, {"expected", sha256}, {"observed", observed}});
  require_event_of(manifest, *bytes, key);
  return bytes->size();
}

}  // namespace

void check_own_bundle(Verification& verification, const Desk& desk, const BundleManifest& manifest) {
  for (const auto& member : manifest.members) {
    const ledger::Recorded record{layout::bundle_member(desk.run, member.path), member.sha256};
    verification.check_file("bundle/" + member.path, record.ref, ExpectedDigest{member.sha256},
                            [&] { return require_unchanged(desk.store(), record, kBundleManifest, desk.run.run_key); });
  }
}

void check_registry(Verification& verification, const Desk& desk, const ledger::RunState& state,
                    const BundleManifest& manifest, const std::vector<contracts::LedgerEvent>& events) {
  std::unique_ptr<store::ArtifactStore> registry;
  verification.check("registry", desk.workshop.registry_root, [&] { registry = open_registry(desk.workshop); });
  if (!registry) return;
  for (const auto& file : published_files(desk, state, manifest)) {
    const std::string& key = file.first;
    verification.check_file("registry/" + key.substr(key.rfind('/') + 1), key, ExpectedDigest{file.second},
                            [&] { return require_published(*registry, key, file.second); });
  }
  const std::string event = layout::registry::published_event(manifest.bundle_id, manifest.bundle_version);
  const std::string sha256 = recorded_event_digest(events);
  const auto look = [&] { return require_event(*registry, event, manifest, sha256); };
  if (sha256.empty())
    verification.check_file("registry lifecycle event", event, look);
  else
    verification.check_file("registry lifecycle event", event, ExpectedDigest{sha256}, look);
}

}  // namespace mf::factory
