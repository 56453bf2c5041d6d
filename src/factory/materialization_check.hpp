#pragma once
// The materialisation of a manifest: found, checked, and read again before its rows are used.

#include <string>
#include <vector>

#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/dataset_materialization.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// A materialisation as one reading found it, and what the plan keeps of it.
struct ResolvedMaterialization {
  contracts::DatasetMaterialization document;
  contracts::ResolvedTrainPlan::Materialization lock;
};

/// Where the rows of `manifest` are, by content. Throws MATERIALIZATION_UNRESOLVED (document or data file not there),
/// MATERIALIZATION_DIGEST_MISMATCH (the document has other bytes than pinned, a data file another size),
/// MATERIALIZATION_INVALID (schema; or it belongs to another manifest, fingerprint or platform run; or its row counts
/// do not add up; or a file's ref pins another digest than it lists), DATASET_NOT_READY, FORMAT_UNSUPPORTED,
/// MANIFEST_INVALID (a v1 manifest whose materialization_ref is not pinned). Digests of data files are taken when their
/// rows are read.
ResolvedMaterialization resolve_materialization(const store::ArtifactStore& store,
                                                const contracts::DatasetManifest& manifest,
                                                const std::string& manifest_ref);

/// The bytes of a manifest that a plan locked. Throws MANIFEST_UNRESOLVED when they are gone,
/// MANIFEST_IMMUTABILITY_VIOLATION when they have changed since.
std::string locked_manifest(const store::ArtifactStore& store, const contracts::ResolvedTrainPlan::Manifest& lock);

/// The bytes of a materialisation that a plan locked. Throws MATERIALIZATION_UNRESOLVED when they are gone,
/// MATERIALIZATION_DIGEST_MISMATCH when they have changed since.
std::string locked_materialization(const store::ArtifactStore& store,
                                   const contracts::ResolvedTrainPlan::Materialization& lock);

/// The materialisations that `plan` locked, in canonical order. Throws MANIFEST_IMMUTABILITY_VIOLATION or
/// MATERIALIZATION_DIGEST_MISMATCH when a manifest or a materialisation has changed since.
std::vector<contracts::DatasetMaterialization> locked_materializations(const store::ArtifactStore& store,
                                                                       const contracts::ResolvedTrainPlan& plan);

}  // namespace mf::factory
