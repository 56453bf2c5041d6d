#pragma once
// A bundle of the registry, read to be used: nothing of it is believed that was not verified.

#include <functional>
#include <memory>
#include <string>

#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/bundle_reference.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// Opens the registry, when a bundle is to be read.
using OpenRegistry = std::function<std::unique_ptr<store::ArtifactStore>()>;

/// A published bundle whose manifest has the content that its id is made from, and whose members have the digests that
/// the manifest gives them.
struct RegisteredBundle {
  contracts::BundleManifest manifest;
  std::string manifest_sha256;  ///< of its bytes
  contracts::ScoringContract scoring;
  std::string model;  ///< UBJ bytes
};

/// Reads the bundle called `reference`, every member of it. Throws EVIDENCE_UNRESOLVED when it or a member is not there
/// (what was never published whole is not there), BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION when any of it is not what the
/// id stands for, REGISTRY_UNAVAILABLE when the registry does not answer.
RegisteredBundle read_bundle(const store::ArtifactStore& registry, const contracts::BundleReference& reference);

/// What a plan keeps of `bundle`.
contracts::ResolvedTrainPlan::BundleLock lock_of(const RegisteredBundle& bundle);

/// The bundle that a plan locked, read and verified again. Throws as read_bundle, and
/// BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION when it has other bytes than were locked.
RegisteredBundle read_locked_bundle(const OpenRegistry& open_registry,
                                    const contracts::ResolvedTrainPlan::BundleLock& lock);

}  // namespace mf::factory
