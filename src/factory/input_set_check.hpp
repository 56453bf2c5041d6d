#pragma once
// What the inputs of one request must have in common, so that they can be trained on together.

#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/training_profile.hpp"

namespace mf::factory {

/// A manifest that was found and checked by itself.
struct ResolvedManifest {
  contracts::DatasetManifest document;
  std::string ref;             ///< as the request writes it
  std::string payload_digest;  ///< document digest
};

/// Throws MANIFEST_IMMUTABILITY_VIOLATION when one dataset_manifest_id has two contents, whatever refs lead to them.
void require_one_content_per_id(const std::vector<ResolvedManifest>& manifests);

/// Throws AS_OF_INCONSISTENT_ACROSS_SET unless all labels were cut at one instant, however it is spelled;
/// MANIFEST_INVALID when label_asof_utc of a v1 manifest names no instant.
void require_one_as_of(const std::vector<ResolvedManifest>& manifests);

/// Throws FEATURE_SCHEMA_INCOMPATIBLE unless a row of every manifest stands for the same thing (join_scope).
void require_one_subject(const std::vector<ResolvedManifest>& manifests);

/// Whether rows were left out before MF had them.
bool is_sampled(const std::optional<contracts::DatasetManifest::Sampling>& sampling);

/// Throws MANIFEST_INVALID unless a manifest whose rows were sampled says by which rule, rate and seed.
void require_pinned_sampling(const std::vector<ResolvedManifest>& manifests);

/// Throws MANIFEST_INVALID when some manifests have a role and some have none, and, unless every row tests,
/// SPLIT_INVALID when one of the roles is nobody's, TRAINING_PROFILE_INVALID when the cuts of `profile` do not fit.
void require_roles(const std::vector<ResolvedManifest>& manifests, const contracts::TrainingProfile& profile);

/// Throws MATERIALIZATION_INVALID unless the materialisations make one table: the same columns with the same meaning,
/// and no data file twice.
void require_one_table(const std::vector<contracts::DatasetMaterialization>& materializations);

}  // namespace mf::factory
