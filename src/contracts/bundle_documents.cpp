#include "mf/contracts/bundle_documents.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, Compatibility& compatibility) {
  visit("feature_set_id", compatibility.feature_set_id);
  visit("feature_set_version", compatibility.feature_set_version);
  visit("input_contract_version", compatibility.input_contract_version);
  visit("required_capabilities", compatibility.required_capabilities);
}

template <class V>
void describe(V& visit, BundlePublication::Provenance& provenance) {
  visit("mf_code_release_id", provenance.mf_code_release_id);
  visit("config_revision", provenance.config_revision);
  visit("run_config_digest", provenance.run_config_digest);
}

template <class V>
void describe(V& visit, BundlePublication& publication) {
  visit("schema_version", publication.schema_version);
  visit("bundle_id", publication.bundle_id);
  visit("bundle_version", publication.bundle_version);
  visit("dataset_manifest_refs", publication.dataset_manifest_refs);
  visit("eval_report_ref", publication.eval_report_ref);
  visit("compatibility", publication.compatibility);
  visit("provenance", publication.provenance);
}

template <class V>
void describe(V& visit, ScoringContract::Feature& feature) {
  visit("name", feature.name);
  visit("type", feature.type);
}

template <class V>
void describe(V& visit, ScoringContract::OperatingPoint& point) {
  visit("alert_rate", point.alert_rate);
  visit.nullable("threshold", point.threshold);
}

template <class V>
void describe(V& visit, ScoringContract::Chosen& chosen) {
  visit("rule", chosen.rule);
  visit("value", chosen.value);
  visit.nullable("threshold", chosen.threshold);
}

template <class V>
void describe(V& visit, ScoringContract::Model& model) {
  visit("path", model.path);
  visit("format", model.format);
  visit("sha256", model.sha256);
  visit("algorithm_id", model.algorithm_id);
}

template <class V>
void describe(V& visit, ScoringContract::ReasonCodes& codes) {
  visit("most", codes.most);
  visit("method", codes.method);
  visit("rule", codes.rule);
}

template <class V>
void describe(V& visit, ScoringContract& contract) {
  visit("schema_version", contract.schema_version);
  visit("features", contract.features);
  visit("categories", contract.categories);
  visit("missing_values", contract.missing_values);
  visit("score", contract.score);
  visit("alert_rule", contract.alert_rule);
  visit("model", contract.model);
  visit("operating_points", contract.operating_points);
  visit("operating_point", contract.operating_point);
  visit("reason_codes", contract.reason_codes);
}

template <class V>
void describe(V& visit, BundleManifest::Member& member) {
  visit("path", member.path);
  visit("role", member.role);
  visit("sha256", member.sha256);
  visit("bytes", member.bytes);
}

template <class V>
void describe(V& visit, BundleManifest::Evidence& evidence) {
  visit("eval_report_ref", evidence.eval_report_ref);
  visit("eval_report_digest", evidence.eval_report_digest);
  visit("gate_receipt_ref", evidence.gate_receipt_ref);
  visit("gate_receipt_digest", evidence.gate_receipt_digest);
}

template <class V>
void describe(V& visit, BundleManifest::DatasetLineage& dataset_lineage) {
  visit("manifest_ref", dataset_lineage.manifest_ref);
  visit("dataset_manifest_id", dataset_lineage.dataset_manifest_id);
  visit("dataset_fingerprint", dataset_lineage.dataset_fingerprint);
  visit("payload_digest", dataset_lineage.payload_digest);
  visit("materialization_sha256", dataset_lineage.materialization_sha256);
}

template <class V>
void describe(V& visit, BundleManifest::ProfileLineage& profile_lineage) {
  visit("profile_ref", profile_lineage.profile_ref);
  visit("resolved_revision", profile_lineage.resolved_revision);
  visit("profile_digest", profile_lineage.profile_digest);
}

template <class V>
void describe(V& visit, BundleManifest::Lineage& lineage) {
  visit("dataset_manifests", lineage.dataset_manifests);
  visit("training_profile", lineage.training_profile);
  visit("governance_profile", lineage.governance_profile);
  visit("input_fingerprint", lineage.input_fingerprint);
  visit("supersedes", lineage.supersedes);
  visit("baseline", lineage.baseline);
}

template <class V>
void describe(V& visit, BundleManifest::Releases& releases) {
  visit("ofs_code_release_ids", releases.ofs_code_release_ids);
  visit("mf_code_release_id", releases.mf_code_release_id);
}

template <class V>
void describe(V& visit, BundleManifest& manifest) {
  visit("schema_version", manifest.schema_version);
  visit("bundle_id", manifest.bundle_id);
  visit("bundle_version", manifest.bundle_version);
  visit("run_key", manifest.run_key);
  visit("train_run_key", manifest.train_run_key);
  visit("platform_run_id", manifest.platform_run_id);
  visit("intent_kind", manifest.intent_kind);
  visit("target_scope", manifest.target_scope);
  visit("policy_revision", manifest.policy_revision);
  visit("config_revision", manifest.config_revision);
  visit("members", manifest.members);
  visit("evidence", manifest.evidence);
  visit("lineage", manifest.lineage);
  visit("compatibility", manifest.compatibility);
  visit("releases", manifest.releases);
}

template <class V>
void describe(V& visit, BundleSubmission::Gate& gate) {
  visit("verdict", gate.verdict);
  visit("policy_id", gate.policy_id);
  visit("revision", gate.revision);
  visit("profile_digest", gate.profile_digest);
  visit("policy_revision", gate.policy_revision);
}

template <class V>
void describe(V& visit, BundleSubmission& submission) {
  visit("schema_version", submission.schema_version);
  visit("bundle_id", submission.bundle_id);
  visit("bundle_version", submission.bundle_version);
  visit("idempotency_key", submission.idempotency_key);
  visit("run_key", submission.run_key);
  visit("intent_kind", submission.intent_kind);
  visit("target_scope", submission.target_scope);
  visit("gate", submission.gate);
  visit("request_id", submission.request_id);
  visit("requester_principal", submission.requester_principal);
  visit("request_ids", submission.request_ids);
  visit("submitter", submission.submitter);
  visit("submitted_at_utc", submission.submitted_at_utc);
  visit("environment", submission.environment);
  visit("service_release_id", submission.service_release_id);
  visit("run_config_digest", submission.run_config_digest);
}

MF_DOCUMENT(BundlePublication)
MF_DOCUMENT(BundleSubmission)
MF_DOCUMENT(ScoringContract)
MF_DOCUMENT(BundleManifest)

}  // namespace mf::contracts
