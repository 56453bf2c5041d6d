#pragma once
// What a published run left in the registry.

#include <cstdint>
#include <map>
#include <string>

#include "factory/stage.hpp"
#include "mf/contracts/bundle_documents.hpp"

namespace mf::factory {

// In the detail of BUNDLE_PUBLISHED: the digests of what differs by circumstance from one submitter to the next, as it
// stood in the registry. Logs from before say nothing of publication and submission.
inline constexpr const char* kRegistryEventDigest = "registry_lifecycle_event_sha256";
inline constexpr const char* kRegistryPublicationDigest = "registry_bundle_publication_sha256";
inline constexpr const char* kRegistrySubmissionDigest = "registry_bundle_submission_sha256";

/// The digest of every file of the bundle as it stood in the registry once it was published, by its key there.
std::map<std::string, std::string> published_files(const Desk& desk, const ledger::RunState& state,
                                                   const contracts::BundleManifest& manifest);

/// Holds one file of the registry against its digest; returns how many bytes it has.
/// Throws PUBLISH_CONFLICT when it has other bytes, EVIDENCE_UNRESOLVED when it is gone.
std::uint64_t require_published(const store::ArtifactStore& registry, const std::string& key,
                                const std::string& sha256);

/// Holds the registry's copy of a published bundle against what was handed over. A registry that does not answer takes
/// nothing back: success is sticky.
/// Throws PUBLISH_CONFLICT when a file of the bundle has other bytes, EVIDENCE_UNRESOLVED when one is gone.
void require_published_copy(const Desk& desk, const ledger::RunState& state);

}  // namespace mf::factory
