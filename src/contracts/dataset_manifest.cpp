#include "mf/contracts/dataset_manifest.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, ReplayBasis& basis) {
  visit("topic", basis.topic);
  visit("partition", basis.partition);
  visit("offset_kind", basis.offset_kind);
  visit("start_offset", basis.start_offset);
  visit("end_offset", basis.end_offset);
}

template <class V>
void describe(V& visit, LabelBasis& basis) {
  visit("label_asof_utc", basis.label_asof_utc);
  visit("resolution_rule", basis.resolution_rule);
  visit("maturity_days", basis.maturity_days);
}

template <class V>
void describe(V& visit, DatasetManifest::Provenance& provenance) {
  visit("ofs_code_release_id", provenance.ofs_code_release_id);
  visit("config_revision", provenance.config_revision);
  visit("run_config_digest", provenance.run_config_digest);
}

template <class V>
void describe(V& visit, DatasetManifest::JoinScope& scope) {
  visit("subject_key", scope.subject_key);
}

template <class V>
void describe(V& visit, DatasetManifest::Sampling& sampling) {
  visit("rule", sampling.rule);
  visit("rate", sampling.rate);
  visit("seed", sampling.seed);
}

template <class V>
void describe(V& visit, DatasetManifest::LabelCoverage& coverage) {
  visit("rows", coverage.rows);
  visit("labelled", coverage.labelled);
  visit("positive", coverage.positive);
}

template <class V>
void describe(V& visit, DatasetManifest& manifest) {
  visit("schema_version", manifest.schema_version);
  visit("dataset_manifest_id", manifest.dataset_manifest_id);
  visit("dataset_fingerprint", manifest.dataset_fingerprint);
  visit("platform_run_id", manifest.platform_run_id);
  visit("scenario_run_ids", manifest.scenario_run_ids);
  visit("materialization_ref", manifest.materialization_ref);
  visit("replay_basis", manifest.replay_basis);
  visit("label_basis", manifest.label_basis);
  visit("feature_definition_set", manifest.feature_definition_set);
  visit("join_scope", manifest.join_scope);
  visit("sampling", manifest.sampling);
  visit("dataset_role", manifest.dataset_role);
  visit("label_coverage", manifest.label_coverage);
  visit("provenance", manifest.provenance);
}

MF_DOCUMENT(DatasetManifest)

}  // namespace mf::contracts
