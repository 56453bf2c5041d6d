#include "factory/registered_bundle.hpp"

#include <algorithm>

#include "factory/weighed.hpp"
#include "mf/contracts/document.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/publication/bundle.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::BundleManifest;
using contracts::BundleReference;
using contracts::ScoringContract;
namespace layout = store::layout;

/// The files of one bundle, as the registry gives them out.
class Shelf {
 public:
  Shelf(const store::ArtifactStore& registry, const BundleReference& reference)
      : registry_(registry), reference_(reference) {}

  [[nodiscard]] std::string key_of(std::string_view path) const {
    return layout::registry::bundle_member(reference_.bundle_id, reference_.bundle_version, path);
  }

  [[noreturn]] void refuse(std::string_view path, const std::string& what, Error::Context context = {}) const {
    const std::string key = key_of(path);
    context.emplace("ref", key);
    context.emplace("bundle_id", reference_.bundle_id);
    throw Error(Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION, key + " in the registry " + what, std::move(context),
                "Ask the registry's owner to restore the bundle; MF never repairs one.");
  }

  [[noreturn]] void refuse_missing(std::string_view path) const {
    const std::string key = key_of(path);
    throw Error(Code::EVIDENCE_UNRESOLVED, key + " is not in the registry " + registry_.describe(),
                {{"ref", key}, {"bundle_id", reference_.bundle_id}},
                "Check bundle_id and bundle_version, and that --profile names the registry that holds the bundle.");
  }

  /// A document that has grown beyond every document is no longer the one that was published.
  [[nodiscard]] std::string document(std::string_view path) const {
    try {
      if (auto bytes = registry_.find(key_of(path))) return std::move(*bytes);
    } catch (const Error& error) {
      if (error.code() != Code::DOCUMENT_INVALID) throw;
      refuse(path, "is no document any more: " + error.message());
    }
    refuse_missing(path);
  }

  [[nodiscard]] std::string bytes(const BundleManifest::Member& member) const {
    auto bytes = registry_.find(key_of(member.path), store::ArtifactStore::kArtifactLimit);
    if (!bytes) refuse_missing(member.path);
    require_member(member, identity::sha256_hex(*bytes), bytes->size());
    return std::move(*bytes);
  }

  void weigh(const BundleManifest::Member& member) const {
    const auto source = registry_.open(key_of(member.path));
    if (!source) refuse_missing(member.path);
    const Weighed weighed = factory::weigh(*source);
    require_member(member, weighed.sha256, weighed.bytes);
  }

 private:
  void require_member(const BundleManifest::Member& member, const std::string& observed, std::uint64_t size) const {
    if (observed != member.sha256 || size != static_cast<std::uint64_t>(member.bytes))
      refuse(member.path, "has other bytes than its manifest names",
             {{"expected", member.sha256}, {"observed", observed}});
  }

  const store::ArtifactStore& registry_;
  const BundleReference& reference_;
};

/// The id is the digest of the content, so a manifest proves itself.
BundleManifest manifest_of(const Shelf& shelf, const std::string& bytes, const BundleReference& reference) {
  const auto path = layout::kBundleManifestFile;
  auto manifest = contracts::read_json<BundleManifest>(bytes, shelf.key_of(path));
  const std::string id = publication::bundle_id_of(manifest);
  const std::string version = identity::bundle_version(id, manifest.policy_revision, manifest.config_revision);
  if (manifest.bundle_id != id || manifest.bundle_version != version || reference.bundle_id != id ||
      reference.bundle_version != version)
    shelf.refuse(path, "is not the manifest of the bundle that it stands under",
                 {{"expected", reference.bundle_id}, {"observed", id}});
  return manifest;
}

/// What was cut off while it was published does not count: the publication is written last.
void require_published(const Shelf& shelf, const BundleManifest& manifest) {
  const auto path = layout::kBundlePublicationFile;
  const auto publication = contracts::read_json<contracts::BundlePublication>(shelf.document(path), shelf.key_of(path));
  if (publication.bundle_id != manifest.bundle_id || publication.bundle_version != manifest.bundle_version)
    shelf.refuse(path, "is of another bundle");
}

const BundleManifest::Member& member_called(const Shelf& shelf, const BundleManifest& manifest, std::string_view path) {
  const auto found = std::ranges::find(manifest.members, path, &BundleManifest::Member::path);
  if (found == manifest.members.end())
    shelf.refuse(layout::kBundleManifestFile, "names no " + std::string(path) + " among its members");
  return *found;
}

RegisteredBundle read_whole(const store::ArtifactStore& registry, const BundleReference& reference) {
  const Shelf shelf(registry, reference);
  const std::string text = shelf.document(layout::kBundleManifestFile);
  RegisteredBundle bundle;
  bundle.manifest = manifest_of(shelf, text, reference);
  bundle.manifest_sha256 = identity::sha256_hex(text);
  require_published(shelf, bundle.manifest);
  const auto& model = member_called(shelf, bundle.manifest, layout::kModelFile);
  const auto& scoring = member_called(shelf, bundle.manifest, layout::kScoringContractFile);
  for (const auto& member : bundle.manifest.members)
    if (&member != &model && &member != &scoring) shelf.weigh(member);
  bundle.model = shelf.bytes(model);
  bundle.scoring = contracts::read_json<ScoringContract>(shelf.bytes(scoring), shelf.key_of(scoring.path));
  if (const auto fault = publication::fault_of(bundle.scoring, model); !fault.empty())
    shelf.refuse(layout::kScoringContractFile, fault);
  return bundle;
}

}  // namespace

RegisteredBundle read_bundle(const store::ArtifactStore& registry, const BundleReference& reference) {
  try {
    return read_whole(registry, reference);
  } catch (const Error& error) {
    if (std::string_view(error.row().category) != "STORE") throw;
    throw Error(Code::REGISTRY_UNAVAILABLE, "the registry: " + error.message(), error.context());
  }
}

contracts::ResolvedTrainPlan::BundleLock lock_of(const RegisteredBundle& bundle) {
  const auto& manifest = bundle.manifest;
  return {manifest.bundle_id,          manifest.bundle_version, bundle.manifest_sha256,
          bundle.scoring.model.sha256, manifest.target_scope,   {}};
}

RegisteredBundle read_locked_bundle(const OpenRegistry& open_registry,
                                    const contracts::ResolvedTrainPlan::BundleLock& lock) {
  auto bundle = read_bundle(*open_registry(), {lock.bundle_id, lock.bundle_version});
  if (bundle.manifest_sha256 != lock.manifest_sha256 || bundle.scoring.model.sha256 != lock.model_sha256)
    throw Error(
        Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION,
        "bundle " + lock.bundle_id + " has changed since the plan locked it",
        {{"bundle_id", lock.bundle_id}, {"expected", lock.manifest_sha256}, {"observed", bundle.manifest_sha256}},
        "Ask the registry's owner to restore the bundle; MF never repairs one.");
  return bundle;
}

}  // namespace mf::factory
