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

/// Whether `standing` is what MF wrote of the same thing: not a word differs but in circumstance.
template <class T>
bool says_the_same(const std::string& standing, const T& document, const std::string& key) {
  try {
    const auto earlier = contracts::read_json<T>(standing, key);
    // Bytes that MF does not write were cut or edited, even where they still say the same.
    return contracts::write(earlier) == standing &&
           contracts::content_digest(earlier) == contracts::content_digest(document);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    return false;
  }
}

class ObjectStoreRegistry : public Registry {
 public:
  explicit ObjectStoreRegistry(store::ArtifactStore& store) : store_(store) {}

  Publication publish(const Bundle& bundle, const RegistryLifecycleEvent& event) override {
    return reaching_the_registry([&] {
      Publication publication = place_of(bundle);
      auto files = bundle.files();
      publication.conflict_ref = first_conflict(bundle, files);
      if (publication.conflict_ref.empty()) {
        leave_without_submission(bundle, files);
        write(bundle, files, publication);
      }
      if (!publication.conflict_ref.empty()) publication.outcome = Publication::Outcome::conflict;
      if (publication.conflict_ref.empty()) publication.event_sha256 = keep_event(publication.event_ref, event);
      return publication;
    });
  }

 private:
  /// A file as it stands once it was put.
  struct Kept {
    bool created = false;
    std::string sha256;
  };

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

  [[nodiscard]] static bool agrees(const Bundle& bundle, const BundleFile& file, const std::string& standing) {
    if (standing == file.bytes) return true;
    const std::string key = key_of(bundle, file.path);
    if (file.path == layout::kBundleSubmissionFile) return says_the_same(standing, *bundle.submission, key);
    if (file.path == layout::kBundlePublicationFile) return says_the_same(standing, bundle.publication, key);
    return false;
  }

  /// Looks before anything is written, so that a conflict changes nothing in the registry.
  [[nodiscard]] std::string first_conflict(const Bundle& bundle, const std::vector<BundleFile>& files) const {
    for (const auto& file : files) {
      std::string key = key_of(bundle, file.path);
      const auto standing = store_.find(key, store::ArtifactStore::kArtifactLimit);
      if (standing && !agrees(bundle, file, *standing)) return key;
    }
    return {};
  }

  /// A bundle that was published without a submission was submitted by somebody else: nobody signs for it afterwards.
  void leave_without_submission(const Bundle& bundle, std::vector<BundleFile>& files) const {
    if (!store_.size_of(key_of(bundle, layout::kBundlePublicationFile))) return;
    if (store_.size_of(key_of(bundle, layout::kBundleSubmissionFile))) return;
    std::erase_if(files, [](const BundleFile& file) { return file.path == layout::kBundleSubmissionFile; });
  }

  /// The publication comes last: until it is there, the bundle is not published.
  void write(const Bundle& bundle, const std::vector<BundleFile>& files, Publication& publication) {
    for (const auto& file : files) {
      const std::string key = key_of(bundle, file.path);
      const auto kept =
          keep(key, file.bytes, [&](const std::string& standing) { return agrees(bundle, file, standing); });
      if (!kept) {
        publication.conflict_ref = key;
        return;
      }
      publication.outcome = kept->created ? Publication::Outcome::published : Publication::Outcome::already_published;
      if (file.path == layout::kBundleSubmissionFile) publication.submission_sha256 = kept->sha256;
      if (file.path == layout::kBundlePublicationFile) publication.publication_sha256 = kept->sha256;
    }
  }

  /// The first event stands, with its time and actor; another bundle's event in its place is refused. Returns the
  /// digest of the bytes that stand.
  std::string keep_event(const std::string& key, const RegistryLifecycleEvent& event) {
    const auto kept = keep(key, contracts::write(event),
                           [&](const std::string& standing) { return says_the_same(standing, event, key); });
    if (!kept)
      throw Error(Code::REGISTRY_EVENT_IMMUTABILITY_VIOLATION, key + " is not the event of this bundle",
                  {{"ref", key}});
    return kept->sha256;
  }

  /// Puts `bytes` under `key`; what is there already stands, if it agrees. Nothing when it does not.
  template <class Agrees>
  std::optional<Kept> keep(const std::string& key, const std::string& bytes, Agrees agrees) {
    const Put put = store_.put_if_absent(key, bytes);
    if (put != Put::conflict) return Kept{put == Put::created, identity::sha256_hex(bytes)};
    const std::string standing = store_.find(key, store::ArtifactStore::kArtifactLimit).value_or("");
    if (!agrees(standing)) return {};
    return Kept{false, identity::sha256_hex(standing)};
  }

  store::ArtifactStore& store_;
};

}  // namespace

std::unique_ptr<Registry> open_object_store_registry(store::ArtifactStore& store) {
  return std::make_unique<ObjectStoreRegistry>(store);
}

}  // namespace mf::publication
