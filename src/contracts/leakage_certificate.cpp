#include "mf/contracts/leakage_certificate.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, LeakageCertificate::Demands& demands) {
  visit.nullable("suspect_single_feature_auc", demands.suspect_single_feature_auc);
  visit("forbid_entity_overlap", demands.forbid_entity_overlap);
  visit("forbid_duplicate_rows", demands.forbid_duplicate_rows);
  visit.nullable("suspect_id_like_correlation", demands.suspect_id_like_correlation);
}

template <class V>
void describe(V& visit, LeakageCertificate::Guard& guard) {
  visit("guard", guard.guard);
  visit("demanded", guard.demanded);
  visit("status", guard.status);
  visit("rows_checked", guard.rows_checked);
  visit("rows_offending", guard.rows_offending);
  visit("sample_keys", guard.sample_keys);
  visit("note", guard.note);
}

template <class V>
void describe(V& visit, LeakageCertificate::PartInTime& part) {
  visit("part", part.part);
  visit("rows", part.rows);
  visit("positives", part.positives);
  visit("first_event_utc", part.first_event_utc);
  visit("last_event_utc", part.last_event_utc);
}

template <class V>
void describe(V& visit, LeakageCertificate::Overlap& overlap) {
  visit("earlier", overlap.earlier);
  visit("later", overlap.later);
  visit.nullable("entities", overlap.entities);
  visit.nullable("entity_rows", overlap.entity_rows);
  visit("duplicate_rows", overlap.duplicate_rows);
}

template <class V>
void describe(V& visit, LeakageCertificate::FeatureSuspect& suspect) {
  visit("feature", suspect.feature);
  visit("auc", suspect.auc);
}

template <class V>
void describe(V& visit, LeakageCertificate::IdLikeSuspect& suspect) {
  visit("feature", suspect.feature);
  visit("distinct", suspect.distinct);
  visit("time_correlation", suspect.time_correlation);
  visit("row_correlation", suspect.row_correlation);
}

template <class V>
void describe(V& visit, LeakageCertificate& certificate) {
  visit("schema_version", certificate.schema_version);
  visit("run_key", certificate.run_key);
  visit("platform_run_id", certificate.platform_run_id);
  visit("input_fingerprint", certificate.input_fingerprint);
  visit("plan_digest", certificate.plan_digest);
  visit("train_artifact_ref", certificate.train_artifact_ref);
  visit("train_artifact_digest", certificate.train_artifact_digest);
  visit("model_sha256", certificate.model_sha256);
  visit("split_strategy", certificate.split_strategy);
  visit("demands", certificate.demands);
  visit("guards", certificate.guards);
  visit("parts", certificate.parts);
  visit("overlaps", certificate.overlaps);
  visit("feature_suspects", certificate.feature_suspects);
  visit("id_like_suspects", certificate.id_like_suspects);
}

MF_DOCUMENT(LeakageCertificate)

}  // namespace mf::contracts
