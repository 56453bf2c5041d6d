#pragma once
// Handing a bundle to the model registry.
//
// Room: publication.  Publishing is idempotent by (bundle_id, bundle_version): the same content is a success, other
// content a conflict that is never overwritten. What differs by circumstance alone (who submits, when, from where) is
// no conflict: the first submission stands.

#include <memory>
#include <string>

#include "mf/contracts/registry_documents.hpp"
#include "mf/publication/bundle.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::publication {

struct Publication {
  enum class Outcome { published, already_published, conflict };
  Outcome outcome = Outcome::published;
  std::string bundle_ref;    ///< of the publication, in the registry
  std::string event_ref;     ///< of the lifecycle event, in the registry
  std::string conflict_ref;  ///< what holds something else; only for conflict

  // Of the bytes that stand there, which an earlier submitter may have put; empty for conflict.
  std::string publication_sha256;
  std::string submission_sha256;  ///< empty also for a bundle that was published without one
  std::string event_sha256;
};

/// A registry, as far as MF may use it: it submits, and never approves, promotes or activates.
class Registry {
 public:
  virtual ~Registry() = default;

  /// Publishes `bundle`. When it returns published or already_published, bundle and event are in the registry, whole.
  /// conflict: the registry holds something else under one of the names; nothing was changed there.
  /// Throws REGISTRY_UNAVAILABLE when the outcome is not known: publishing again finds out.
  /// Throws REGISTRY_EVENT_IMMUTABILITY_VIOLATION when the registry's event for this bundle is another one.
  virtual Publication publish(const Bundle& bundle, const contracts::RegistryLifecycleEvent& event) = 0;
};

/// The registry kept as plain files in `store`: registry/bundles/<id>/<version>/ and registry/events/<id>/<version>/.
/// `store` must outlive it.
std::unique_ptr<Registry> open_object_store_registry(store::ArtifactStore& store);

}  // namespace mf::publication
