#pragma once
// The fields of structs that stand in several documents.

#include "mf/contracts/bundle_reference.hpp"
#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/platform_profile.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, BundleReference& bundle) {
  visit("bundle_id", bundle.bundle_id);
  visit("bundle_version", bundle.bundle_version);
}

template <class V>
void describe(V& visit, Supersession& supersession) {
  visit("bundle_id", supersession.bundle_id);
  visit("bundle_version", supersession.bundle_version);
  visit("reason", supersession.reason);
}

template <class V>
void describe(V& visit, Slice& slice) {
  visit("column", slice.column);
  visit("value", slice.value);
}

template <class V>
void describe(V& visit, FeatureDefinitionSet& set) {
  visit("feature_set_id", set.feature_set_id);
  visit("feature_set_version", set.feature_set_version);
}

template <class V>
void describe(V& visit, TargetScope& scope) {
  visit("environment", scope.environment);
  visit("mode", scope.mode);
  visit("bundle_slot", scope.bundle_slot);
  visit("tenant_id", scope.tenant_id);
}

template <class V>
void describe(V& visit, TrainBuildRequest& request) {
  visit("schema_version", request.schema_version);
  visit("request_id", request.request_id);
  visit("intent_kind", request.intent_kind);
  visit("platform_run_id", request.platform_run_id);
  visit("dataset_manifest_refs", request.dataset_manifest_refs);
  visit("training_config_ref", request.training_config_ref);
  visit("governance_profile_ref", request.governance_profile_ref);
  visit("requester_principal", request.requester_principal);
  visit("target_scope", request.target_scope);
  visit("policy_revision", request.policy_revision);
  visit("config_revision", request.config_revision);
  visit("mf_code_release_id", request.mf_code_release_id);
  visit("publish_allowed", request.publish_allowed);
}

template <class V>
void describe(V& visit, InputRefs& refs) {
  visit("dataset_manifest_refs", refs.dataset_manifest_refs);
  visit("training_config_ref", refs.training_config_ref);
  visit("governance_profile_ref", refs.governance_profile_ref);
  visit("target_scope", refs.target_scope);
  visit("policy_revision", refs.policy_revision);
  visit("config_revision", refs.config_revision);
  visit("mf_code_release_id", refs.mf_code_release_id);
}

template <class V>
void describe(V& visit, SeedPolicyRecord& policy) {
  visit("recipe", policy.recipe);
  visit("base_seed", policy.base_seed);
}

template <class V>
void describe(V& visit, ArtifactRef& artifact) {
  visit("ref", artifact.ref);
  visit("sha256", artifact.sha256);
  visit("bytes", artifact.bytes);
}

template <class V>
void describe(V& visit, EvidenceRefs& refs) {
  visit("execution_record_ref", refs.execution_record_ref);
  visit("train_artifact_ref", refs.train_artifact_ref);
  visit("eval_report_ref", refs.eval_report_ref);
  visit("evidence_pack_ref", refs.evidence_pack_ref);
}

template <class V>
void describe(V& visit, PlatformProfile::Actor& actor) {
  visit("actor_id", actor.actor_id);
  visit("source_type", actor.source_type);
}

}  // namespace mf::contracts
