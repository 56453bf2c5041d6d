#include "factory/demo_documents.hpp"

#include <nlohmann/json.hpp>

namespace mf::factory {

std::string demo_platform_profile() {
  return R"(# Where this installation keeps things. Relative roots start at this file's folder.
schema_version: mf.platform_profile.v1
profile_id: demo
environment: local
object_store: {class: filesystem, root: store}
registry: {class: object_store, root: registry}
require_pinned_refs: false
service_release_id: mf:demo
actor: {actor_id: "HUMAN::operator", source_type: HUMAN}
)";
}

std::string demo_training_profile() {
  return R"(# How to train. Every key counts: change one, and it is another run.
schema_version: mf.training_profile.v1
policy_id: mf.train.policy.v1
revision: r1
feature_definition_set: {feature_set_id: card_features, feature_set_version: v1}
expected_manifest_schema_version: learning.dataset_manifest.v1
label_resolution_rule: "observed_time<=label_asof_utc"
algorithm_id: xgboost.gbtree
algorithm:
  rounds: 200
  early_stopping_rounds: 20
  early_stopping_metric: auc_pr
  params: {max_depth: 6, eta: 0.1, subsample: 0.8, colsample_bytree: 0.8, min_child_weight: 5, max_bin: 256}
split_strategy: time_based
split: {train: 0.7, validation: 0.15, test: 0.15, embargo_hours: 0}
seed_policy: {recipe: mf.phase4.seed.v0, base_seed: 31}
leakage: {suspect_single_feature_auc: 0.98, forbid_entity_overlap: false}
evaluation:
  top_k: [50, 100, 500]
  alert_rates: [0.001, 0.005, 0.01]
  max_fpr: [0.01, 0.05]
  card_top_k: [20]
  operating_point: {rule: alert_rate, value: 0.005}
  beta: 2
  costs: {alert: 5, missed_fraud: 0, missed_fraud_amount_share: 1}
  slices: {columns: [channel, merchant_category], min_rows: 500, min_frauds: 10}
  explanations: {rows: 2000, top_features: 15, interactions: 10}
  bootstrap: {resamples: 200, cluster_by: entity_key}
)";
}

std::string demo_governance_profile() {
  return R"(# What a model must show before it may be published. Nothing defaults.
schema_version: mf.governance_profile.v1
policy_id: mf.governance.policy.v1
revision: r1
criteria:
  - {id: ranking, metric: auc_roc, part: test, at_least: 0.85, severity: block}
  - {id: ranking-for-sure, metric: auc_roc, part: test, at_least: 0.75, bound: lower, severity: block}
  - {id: alert-quality, metric: precision_at_alert_rate_0.005, part: test, at_least: 0.5, severity: block}
  - {id: caught-at-1-percent, metric: recall_at_alert_rate_0.01, part: test, at_least: 0.3, severity: block}
  - {id: every-channel, metric: auc_roc, part: test, slice: {column: channel}, at_least: 0.75, min_frauds: 10, severity: warn}
  - {id: stable-scores, metric: psi_from_validation, part: test, at_most: 0.2, severity: block}
  - {id: calibration, metric: expected_calibration_error, part: test, at_most: 0.02, severity: warn}
)";
}

std::string demo_request(const std::string& manifest_ref) {
  const nlohmann::ordered_json request = {
      {"schema_version", "learning.mf_train_build_request.v0"},
      {"request_id", "demo-request-0001"},
      {"intent_kind", "baseline_train"},
      {"platform_run_id", kDemoPlatformRun},
      {"dataset_manifest_refs", {manifest_ref}},
      {"training_config_ref", kDemoTrainingProfile},
      {"governance_profile_ref", kDemoGovernanceProfile},
      {"requester_principal", "HUMAN::operator"},
      {"target_scope", {{"environment", "local"}, {"mode", "fraud"}, {"bundle_slot", "primary"}}},
      {"policy_revision", "policy@r1"},
      {"config_revision", "config@r1"},
      {"mf_code_release_id", "mf:demo"},
      {"publish_allowed", true}};
  return request.dump(2) + "\n";
}

}  // namespace mf::factory
