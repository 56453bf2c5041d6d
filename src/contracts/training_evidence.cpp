#include "mf/contracts/training_evidence.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, ExecutionRecord::PartCount& part_count) {
  visit("rows", part_count.rows);
  visit("positives", part_count.positives);
}

template <class V>
void describe(V& visit, ExecutionRecord::SplitRecord& split_record) {
  visit("validation_start_utc", split_record.validation_start_utc);
  visit("test_start_utc", split_record.test_start_utc);
  visit.nullable("mature_until_utc", split_record.mature_until_utc);
  visit("embargo_hours", split_record.embargo_hours);
  visit("parts", split_record.parts);
  visit("entity_hash", split_record.entity_hash);
  visit("roles", split_record.roles);
}

template <class V>
void describe(V& visit, ExecutionRecord::SplitRecord::EntityHash& hash) {
  visit("recipe", hash.recipe);
  visit("seed", hash.seed);
  visit("train_below", hash.train_below);
  visit("validation_below", hash.validation_below);
}

template <class V>
void describe(V& visit, ExecutionRecord::SplitRecord::Role& role) {
  visit("manifest_ref", role.manifest_ref);
  visit("dataset_role", role.dataset_role);
  visit("rows", role.rows);
}

template <class V>
void describe(V& visit, ExecutionRecord::Sampling& sampling) {
  visit("rule", sampling.rule);
  visit("rate", sampling.rate);
  visit("seed", sampling.seed);
  visit("recipe", sampling.recipe);
  visit("kept", sampling.kept);
  visit("dropped", sampling.dropped);
  visit("weight", sampling.weight);
}

template <class V>
void describe(V& visit, ExecutionRecord::SampledBefore& sampled) {
  visit("manifest_ref", sampled.manifest_ref);
  visit("rule", sampled.rule);
  visit("rate", sampled.rate);
  visit("seed", sampled.seed);
}

template <class V>
void describe(V& visit, ExecutionRecord::Guard& guard) {
  visit("guard", guard.guard);
  visit("status", guard.status);
  visit("rows_checked", guard.rows_checked);
  visit("rows_offending", guard.rows_offending);
  visit("sample_keys", guard.sample_keys);
  visit("note", guard.note);
}

template <class V>
void describe(V& visit, ExecutionRecord::Engine& engine) {
  visit("algorithm_id", engine.algorithm_id);
  visit("parameters", engine.parameters);
  visit("rounds_run", engine.rounds_run);
  visit("rounds_kept", engine.rounds_kept);
  visit("stopped_early", engine.stopped_early);
  visit.nullable("best_metric", engine.best_metric);
  visit("categories", engine.categories);
}

template <class V>
void describe(V& visit, ExecutionRecord::Circumstance& circumstance) {
  visit("engine_version", circumstance.engine_version);
  visit("service_release_id", circumstance.service_release_id);
  visit("run_config_digest", circumstance.run_config_digest);
  visit("threads", circumstance.threads);
  visit("program", circumstance.program);
  visit("build", circumstance.build);
  visit("cpu", circumstance.cpu);
  visit("cpu_features", circumstance.cpu_features);
}

template <class V>
void describe(V& visit, Adoption::OperatingPoint& point) {
  visit("alert_rate", point.alert_rate);
  visit.nullable("threshold", point.threshold);
}

template <class V>
void describe(V& visit, Adoption::Chosen& chosen) {
  visit("rule", chosen.rule);
  visit("value", chosen.value);
  visit.nullable("threshold", chosen.threshold);
}

template <class V>
void describe(V& visit, Adoption& adoption) {
  visit("bundle", adoption.bundle);
  visit("run_key", adoption.run_key);
  visit("score", adoption.score);
  visit("operating_points", adoption.operating_points);
  visit("operating_point", adoption.operating_point);
}

template <class V>
void describe(V& visit, ExecutionRecord& record) {
  visit("schema_version", record.schema_version);
  visit("run_key", record.run_key);
  visit("request_id", record.request_id);
  visit("platform_run_id", record.platform_run_id);
  visit("execution_started_at_utc", record.execution_started_at_utc);
  visit("execution_completed_at_utc", record.execution_completed_at_utc);
  visit("split_strategy", record.split_strategy);
  visit("seed_policy", record.seed_policy);
  visit("stage_seed", record.stage_seed);
  visit("training_profile_revision", record.training_profile_revision);
  visit("governance_profile_revision", record.governance_profile_revision);
  visit("dataset_manifest_refs", record.dataset_manifest_refs);
  visit("dataset_manifest_digests", record.dataset_manifest_digests);
  visit("input_fingerprint", record.input_fingerprint);
  visit("split", record.split);
  visit("sampling", record.sampling);
  visit("sampled_before", record.sampled_before);
  visit("leakage_guards", record.leakage_guards);
  visit("engine", record.engine);
  visit("adopted", record.adopted);
  visit("circumstance", record.circumstance);
}

template <class V>
void describe(V& visit, TrainArtifact& artifact) {
  visit("schema_version", artifact.schema_version);
  visit("run_key", artifact.run_key);
  visit("platform_run_id", artifact.platform_run_id);
  visit("algorithm_id", artifact.algorithm_id);
  visit("model_fingerprint", artifact.model_fingerprint);
  visit("input_refs", artifact.input_refs);
  visit("input_fingerprint", artifact.input_fingerprint);
  visit("model", artifact.model);
  visit("feature_names", artifact.feature_names);
  visit("adopted", artifact.adopted);
}

template <class V>
void describe(V& visit, EvidencePack::Digests& digests) {
  visit("execution_record", digests.execution_record);
  visit("train_artifact", digests.train_artifact);
  visit("eval_report", digests.eval_report);
  visit("model", digests.model);
  visit("scored_rows", digests.scored_rows);
}

template <class V>
void describe(V& visit, EvidencePack& pack) {
  visit("schema_version", pack.schema_version);
  visit("run_key", pack.run_key);
  visit("platform_run_id", pack.platform_run_id);
  visit("execution_record_ref", pack.execution_record_ref);
  visit("train_artifact_ref", pack.train_artifact_ref);
  visit("eval_report_ref", pack.eval_report_ref);
  visit("scored_rows_ref", pack.scored_rows_ref);
  visit("model_ref", pack.model_ref);
  visit("evidence_pack_fingerprint", pack.evidence_pack_fingerprint);
  visit("manifest_digests", pack.manifest_digests);
  visit("split_strategy", pack.split_strategy);
  visit("seed_policy", pack.seed_policy);
  visit("stage_seed", pack.stage_seed);
  visit("input_fingerprint", pack.input_fingerprint);
  visit("digests", pack.digests);
}

template <class V>
void describe(V& visit, TrainEvalReceipt& receipt) {
  visit("schema_version", receipt.schema_version);
  visit("run_key", receipt.run_key);
  visit("request_id", receipt.request_id);
  visit("platform_run_id", receipt.platform_run_id);
  visit("execution_started_at_utc", receipt.execution_started_at_utc);
  visit("execution_completed_at_utc", receipt.execution_completed_at_utc);
  visit("split_strategy", receipt.split_strategy);
  visit("seed_policy", receipt.seed_policy);
  visit("stage_seed", receipt.stage_seed);
  visit("eval_report_id", receipt.eval_report_id);
  visit("gate_decision", receipt.gate_decision);
  visit("train_artifact_ref", receipt.train_artifact_ref);
  visit("eval_report_ref", receipt.eval_report_ref);
  visit("execution_record_ref", receipt.execution_record_ref);
  visit("evidence_pack_ref", receipt.evidence_pack_ref);
  visit("metrics", receipt.metrics);
  visit("run_config_digest", receipt.run_config_digest);
}

MF_DOCUMENT(ExecutionRecord)
MF_DOCUMENT(TrainArtifact)
MF_DOCUMENT(EvidencePack)
MF_DOCUMENT(TrainEvalReceipt)

}  // namespace mf::contracts
