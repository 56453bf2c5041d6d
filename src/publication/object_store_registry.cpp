#include "mf/contracts/document.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/publication/registry.hpp"
#include "mf/store/layout.hpp"

namespace mf::publication {
namespace {

namespace layout = store::layout;
using contracts::RegistryLifecycleEvent;
using Put = store::ArtifactStore::Put;

/// Whatever keeps the registry from answering is for the registry's owner to mend; training is not to be repeated for
/// it.
template <class Act>
auto reaching_the_registry(Act act) {
  try {
    return act();
  } catch (const Error& error) {
    const std::string_view category = error.row().category;
    if (category != "STORE") throw;
    throw Error(Code::REGISTRY_UNAVAILABLE, "the registry: " + error.message(), error.context());
  }
}

class ObjectStoreRegistry : public Registry {
 public:
  explicit ObjectStoreRegistry(store::ArtifactStore& store) : store_(store) {}

  Publication publish(const Bundle& bundle, const RegistryLifecycleEvent& event) override {
    return reaching_the_registry([&] {
      Publication publication = place_of(bundle);
      const auto files = bundle.files();
      publication.conflict_ref = first_conflict(bundle, files);
      if (publication.conflict_ref.empty()) publication.outcome = write(bundle, files, publication.conflict_ref);
      if (!publication.conflict_ref.empty()) publication.outcome = Publication::Outcome::conflict;
      if (publication.conflict_ref.empty()) publication.event_sha256 = keep_event(publication.event_ref, event);
      return publication;
    });
  }

 private:
  [[nodiscard]] static std::string key_of(const Bundle& bundle, std::string_view path) {
    return layout::registry::bundle_member(bundle.manifest.bundle_id, bundle.manifest.bundle_version, path);
  }

  [[nodiscard]] static Publication place_of(const Bundle& bundle) {
    Publication publication;
    publication.bundle_ref = key_of(bundle, layout::kBundlePublicationFile);
    publication.event_ref =
        layout::registry::published_event(bundle.manifest.bundle_id, bundle.manifest.bundle_version);
    return publication;
  }

  /// Looks before anything is written, so that a conflict changes nothing in the registry.
  [[nodiscard]] std::string first_conflict(const Bundle& bundle, const std::vector<BundleFile>& files) const {
    for (const auto& file : files) {
      std::string key = key_of(bundle, file.path);
      const auto standing = store_.find(key, store::ArtifactStore::kArtifactLimit);
      if (standing && *standing != file.bytes) return key;
    }
    return {};
  }

  /// The publication comes last: until it is there, the bundle is not published.
  Publication::Outcome write(const Bundle& bundle, const std::vector<BundleFile>& files, std::string& conflict_ref) {
    auto outcome = Publication::Outcome::published;
    for (const auto& file : files) {
      const Put put = store_.put_if_absent(key_of(bundle, file.path), file.bytes);
      if (put == Put::conflict) {
        conflict_ref = key_of(bundle, file.path);
        return Publication::Outcome::conflict;
      }
      outcome = put == Put::identical ? Publication::Outcome::already_published : Publication::Outcome::published;
    }
    return outcome;
  }

  /// The first event stands, with its time and actor; another bundle's event in its place is refused. Returns the
  /// digest of the bytes that stand.
  std::string keep_event(const std::string& key, const RegistryLifecycleEvent& event) {
    const std::string bytes = contracts::write(event);
    if (store_.put_if_absent(key, bytes) != Put::conflict) return identity::sha256_hex(bytes);
    const std::string standing = store_.find(key).value_or("");
    const auto earlier = contracts::read_json<RegistryLifecycleEvent>(standing, key);
    // Bytes that MF does not write were cut or edited, even where they still say the same.
    if (contracts::write(earlier) != standing || contracts::content_digest(earlier) != contracts::content_digest(event))
      throw Error(Code::REGISTRY_EVENT_IMMUTABILITY_VIOLATION, key + " is not the event of this bundle",
                  {{"ref", key}});
    return identity::sha256_hex(standing);
  }

  store::ArtifactStore& store_;
};

}  // namespace

std::unique_ptr<Registry> open_object_store_registry(store::ArtifactStore& store) {
  return std::make_unique<ObjectStoreRegistry>(store);
}

}  // namespace mf::publication
