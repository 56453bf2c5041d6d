#include "factory/materialization_check.hpp"

#include "factory/plan_resolution.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/profile_lock.hpp"
#include "mf/dataset/read_rows.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/ref.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::DatasetManifest;
using contracts::DatasetMaterialization;
using contracts::ResolvedTrainPlan;

/// v1 manifests say where, pinned by digest; v0 manifests cannot, so the place is a convention.
std::string place_of(const DatasetManifest& manifest, const std::string& manifest_ref) {
  if (!manifest.materialization_ref) {
    if (!identity::is_path_safe_id(manifest.dataset_manifest_id))
      throw Error(Code::MANIFEST_INVALID, manifest_ref + ": /dataset_manifest_id cannot be part of a path",
                  {{"ref", manifest_ref}});
    return store::layout::materialization(manifest.platform_run_id, manifest.dataset_manifest_id);
  }
  if (!identity::parse_ref(*manifest.materialization_ref, manifest_ref + ": /materialization_ref").pin)
    throw Error(Code::MANIFEST_INVALID, manifest_ref + ": /materialization_ref carries no digest",
                {{"ref", manifest_ref}, {"pointer", "/materialization_ref"}},
                "Append @sha256:<64 hex> of the materialisation.");
  return *manifest.materialization_ref;
}

void require_belongs(const DatasetMaterialization& of, const DatasetManifest& manifest, const std::string& ref) {
  const auto refuse = [&](const std::string& field, const std::string& observed, const std::string& expected) {
    throw Error(Code::MATERIALIZATION_INVALID,
                ref + ": /" + field + " is " + observed + ", its manifest says " + expected,
                {{"ref", ref}, {"pointer", "/" + field}, {"expected", expected}, {"observed", observed}});
  };
  if (of.dataset_manifest_id != manifest.dataset_manifest_id)
    refuse("dataset_manifest_id", of.dataset_manifest_id, manifest.dataset_manifest_id);
  if (of.dataset_fingerprint != manifest.dataset_fingerprint)
    refuse("dataset_fingerprint", of.dataset_fingerprint, manifest.dataset_fingerprint);
  if (of.platform_run_id != manifest.platform_run_id)
    refuse("platform_run_id", of.platform_run_id, manifest.platform_run_id);
}

void require_counts(const DatasetMaterialization& of, const std::string& ref) {
  // Counted down: no sum of numbers out of a file can overflow.
  std::int64_t left = of.row_count;
  for (const auto& file : of.files) left = file.rows <= left ? left - file.rows : -1;
  if (left != 0)
    throw Error(Code::MATERIALIZATION_INVALID,
                ref + ": /row_count is " + std::to_string(of.row_count) + ", the rows of its files are " +
                    (left < 0 ? "more" : std::to_string(left) + " less"),
                {{"ref", ref}, {"pointer", "/row_count"}});
}

void require_ready(const DatasetMaterialization& of, const std::string& ref) {
  const auto& ready = of.readiness;
  if (ready.replay_status != "COMPLETE" || ready.label_status != "READY_FOR_TRAINING")
    throw Error(Code::DATASET_NOT_READY,
                ref + ": replay_status is " + ready.replay_status + " and label_status " + ready.label_status,
                {{"ref", ref}, {"pointer", "/readiness"}});
}

/// The digest is taken when the rows are read; a size tells at once what was cut short.
void require_file(const store::ArtifactStore& store, const DatasetMaterialization::File& file,
                  const std::string& field) {
  const auto ref = identity::parse_ref(file.ref, field + "/ref");
  if (ref.scheme != identity::Ref::Scheme::store)
    throw Error(Code::REF_OUTSIDE_ROOT, field + "/ref leads outside the object store", {{"ref", file.ref}});
  if (ref.pin && identity::to_hex(*ref.pin) != file.sha256)
    throw Error(Code::MATERIALIZATION_INVALID, field + "/ref pins another digest than " + field + "/sha256",
                {{"ref", file.ref}, {"expected", file.sha256}, {"observed", identity::to_hex(*ref.pin)}});
  const auto size = store.size_of(ref.location);
  if (!size)
    throw Error(Code::MATERIALIZATION_UNRESOLVED, ref.location + " is not in the store " + store.describe(),
                {{"ref", ref.location}});
  if (*size != static_cast<std::uint64_t>(file.bytes))
    throw Error(Code::MATERIALIZATION_DIGEST_MISMATCH,
                ref.location + " has " + std::to_string(*size) + " bytes, not the " + std::to_string(file.bytes) +
                    " that its materialisation pins",
                {{"ref", ref.location}, {"expected", std::to_string(file.bytes)}, {"observed", std::to_string(*size)}});
}

void require_files(const store::ArtifactStore& store, const DatasetMaterialization& of, const std::string& ref) {
  try {
    dataset::require_readable_format(of);
  } catch (Error& error) {
    throw error.with("ref", ref).with("pointer", "/format");
  }
  for (std::size_t i = 0; i < of.files.size(); ++i)
    require_file(store, of.files[i], ref + ": /files/" + std::to_string(i));
}

}  // namespace

std::string locked_manifest(const store::ArtifactStore& store, const ResolvedTrainPlan::Manifest& lock) {
  std::string bytes = fetch(store, lock.manifest_ref, "/dataset_manifests", Code::MANIFEST_UNRESOLVED,
                            Code::MANIFEST_IMMUTABILITY_VIOLATION);
  std::string observed = "not a document";
  try {
    observed = contracts::digest_of_document(bytes, contracts::Syntax::json, lock.manifest_ref);
  } catch (const Error&) {
    // What cannot be parsed any more has changed.
  }
  if (observed != lock.payload_digest)
    throw Error(Code::MANIFEST_IMMUTABILITY_VIOLATION, lock.manifest_ref + " has changed since the plan locked it",
                {{"ref", lock.manifest_ref}, {"expected", lock.payload_digest}, {"observed", observed}});
  return bytes;
}

std::string locked_materialization(const store::ArtifactStore& store, const ResolvedTrainPlan::Materialization& lock) {
  return fetch(store, identity::pinned(lock.ref, lock.sha256), "/dataset_manifests", Code::MATERIALIZATION_UNRESOLVED,
               Code::MATERIALIZATION_DIGEST_MISMATCH);
}

ResolvedMaterialization resolve_materialization(const store::ArtifactStore& store, const DatasetManifest& manifest,
                                                const std::string& manifest_ref) {
  const std::string place = place_of(manifest, manifest_ref);
  const std::string bytes = fetch(store, place, manifest_ref + ": /materialization_ref",
                                  Code::MATERIALIZATION_UNRESOLVED, Code::MATERIALIZATION_DIGEST_MISMATCH);
  const std::string ref = identity::parse_ref(place, manifest_ref).location;
  auto document = contracts::read_json<DatasetMaterialization>(bytes, ref);
  require_belongs(document, manifest, ref);
  require_counts(document, ref);
  require_ready(document, ref);
  require_files(store, document, ref);
  ResolvedTrainPlan::Materialization lock{ref, identity::sha256_hex(bytes), document.row_count, {}};
  for (const auto& file : document.files) lock.files.push_back({file.ref, file.sha256, file.bytes, file.rows});
  return {std::move(document), std::move(lock)};
}

std::vector<DatasetMaterialization> locked_materializations(const store::ArtifactStore& store,
                                                            const ResolvedTrainPlan& plan) {
  std::vector<DatasetMaterialization> materializations;
  for (const auto& manifest : plan.canonical_manifests()) {
    static_cast<void>(locked_manifest(store, manifest));
    const auto& lock = manifest.materialization;
    const std::string bytes = locked_materialization(store, lock);
    materializations.push_back(contracts::read_json<DatasetMaterialization>(bytes, lock.ref));
  }
  return materializations;
}

}  // namespace mf::factory
