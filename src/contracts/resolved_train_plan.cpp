#include "mf/contracts/resolved_train_plan.hpp"

#include <algorithm>

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, ResolvedTrainPlan::DataFile& data_file) {
  visit("ref", data_file.ref);
  visit("sha256", data_file.sha256);
  visit("bytes", data_file.bytes);
  visit("rows", data_file.rows);
}

template <class V>
void describe(V& visit, ResolvedTrainPlan::Materialization& materialization) {
  visit("ref", materialization.ref);
  visit("sha256", materialization.sha256);
  visit("row_count", materialization.row_count);
  visit("files", materialization.files);
}

template <class V>
void describe(V& visit, ResolvedTrainPlan::Manifest& manifest) {
  visit("manifest_ref", manifest.manifest_ref);
  visit("schema_version", manifest.schema_version);
  visit("dataset_manifest_id", manifest.dataset_manifest_id);
  visit("dataset_fingerprint", manifest.dataset_fingerprint);
  visit("platform_run_id", manifest.platform_run_id);
  visit("feature_definition_set", manifest.feature_definition_set);
  visit("payload_digest", manifest.payload_digest);
  visit("label_asof_utc", manifest.label_asof_utc);
  visit.nullable("maturity_days", manifest.maturity_days);
  visit("ofs_code_release_id", manifest.ofs_code_release_id);
  visit("materialization", manifest.materialization);
}

template <class V>
void describe(V& visit, ResolvedTrainPlan::TrainingProfileLock& lock) {
  visit("profile_ref", lock.profile_ref);
  visit("policy_id", lock.policy_id);
  visit("revision", lock.revision);
  visit("resolved_revision", lock.resolved_revision);
  visit("feature_definition_set", lock.feature_definition_set);
  visit("expected_manifest_schema_version", lock.expected_manifest_schema_version);
  visit("profile_digest", lock.profile_digest);
}

template <class V>
void describe(V& visit, ResolvedTrainPlan::GovernanceProfileLock& lock) {
  visit("profile_ref", lock.profile_ref);
  visit("policy_id", lock.policy_id);
  visit("revision", lock.revision);
  visit("resolved_revision", lock.resolved_revision);
  visit("profile_digest", lock.profile_digest);
}

template <class V>
void describe(V& visit, ResolvedTrainPlan::BundleLock& lock) {
  visit("bundle_id", lock.bundle_id);
  visit("bundle_version", lock.bundle_version);
  visit("manifest_sha256", lock.manifest_sha256);
  visit("model_sha256", lock.model_sha256);
  visit("target_scope", lock.target_scope);
  visit("reason", lock.reason);
}

template <class V>
void describe(V& visit, ResolvedTrainPlan& plan) {
  visit("schema_version", plan.schema_version);
  visit("run_key", plan.run_key);
  visit("request_id", plan.request_id);
  visit("intent_kind", plan.intent_kind);
  visit("platform_run_id", plan.platform_run_id);
  visit("dataset_manifests", plan.dataset_manifests);
  visit("training_profile", plan.training_profile);
  visit("governance_profile", plan.governance_profile);
  visit("input_refs", plan.input_refs);
  visit("baseline", plan.baseline);
  visit("candidate", plan.candidate);
  visit("supersedes", plan.supersedes);
  visit("input_fingerprint", plan.input_fingerprint);
  visit("run_config_digest", plan.run_config_digest);
}

MF_DOCUMENT(ResolvedTrainPlan)

std::vector<ResolvedTrainPlan::Manifest> ResolvedTrainPlan::canonical_manifests() const {
  auto manifests = dataset_manifests;
  std::sort(manifests.begin(), manifests.end(),
            [](const Manifest& a, const Manifest& b) { return a.manifest_ref < b.manifest_ref; });
  return manifests;
}

std::vector<std::string> ResolvedTrainPlan::manifest_digests() const {
  std::vector<std::string> digests;
  for (const auto& manifest : canonical_manifests()) digests.push_back(manifest.payload_digest);
  return digests;
}

InputRefs canonical(InputRefs refs) {
  std::sort(refs.dataset_manifest_refs.begin(), refs.dataset_manifest_refs.end());
  return refs;
}

}  // namespace mf::contracts
