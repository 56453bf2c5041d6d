#include "mf/contracts/proofs.hpp"

#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, ContinuityProof::Reason& reason) {
  visit("link", reason.link);
  visit("reason_code", reason.reason_code);
}

template <class V>
void describe(V& visit, ContinuityProof::Link& link) {
  visit("stage", link.stage);
  visit("name", link.name);
  visit("ref", link.ref);
  visit("digest_of", link.digest_of);
  visit.nullable("expected_sha256", link.expected_sha256);
  visit.nullable("observed_sha256", link.observed_sha256);
  visit("status", link.status);
  visit("reason_code", link.reason_code);
}

template <class V>
void describe(V& visit, ContinuityProof::Agreement& agreement) {
  visit("name", agreement.name);
  visit("ref", agreement.ref);
  visit("status", agreement.status);
  visit("reason_code", agreement.reason_code);
}

template <class V>
void describe(V& visit, ContinuityProof::Item& item) {
  visit("item", item.item);
  visit("status", item.status);
  visit("ref", item.ref);
  visit("reason_code", item.reason_code);
}

template <class V>
void describe(V& visit, ContinuityProof::Section& section) {
  visit("status", section.status);
  visit("items", section.items);
}

template <class V>
void describe(V& visit, ContinuityProof::Coverage& coverage) {
  visit("run_operate", coverage.run_operate);
  visit("observability_governance", coverage.observability_governance);
}

template <class V>
void describe(V& visit, ContinuityProof::Handoff& handoff) {
  visit("bundle_id", handoff.bundle_id);
  visit("bundle_version", handoff.bundle_version);
  visit("registry_bundle_ref", handoff.registry_bundle_ref);
  visit("registry_lifecycle_event_ref", handoff.registry_lifecycle_event_ref);
  visit("publish_handshake_receipt_ref", handoff.publish_handshake_receipt_ref);
  visit("files_expected", handoff.files_expected);
  visit("files_true", handoff.files_true);
  visit("files_unknown", handoff.files_unknown);
  visit("complete", handoff.complete);
  visit("status", handoff.status);
}

template <class V>
void describe(V& visit, ContinuityProof& proof) {
  visit("schema_version", proof.schema_version);
  visit("run_key", proof.run_key);
  visit("platform_run_id", proof.platform_run_id);
  visit.nullable("state", proof.state);
  visit("status", proof.status);
  visit("reasons", proof.reasons);
  visit("links", proof.links);
  visit("agreements", proof.agreements);
  visit("coverage", proof.coverage);
  visit("mpr_handoff", proof.mpr_handoff);
  visit("proved_at_utc", proof.proved_at_utc);
  visit("service_release_id", proof.service_release_id);
}

template <class V>
void describe(V& visit, NegativeProof::Counts& counts) {
  visit("cases", counts.cases);
  visit("cases_as_expected", counts.cases_as_expected);
  visit("codes_in_table", counts.codes_in_table);
  visit("codes_provoked", counts.codes_provoked);
  visit("codes_not_provoked", counts.codes_not_provoked);
}

template <class V>
void describe(V& visit, NegativeProof::Case& tried) {
  visit("case", tried.name);
  visit("phase", tried.phase);
  visit("expected", tried.expected);
  visit("observed", tried.observed);
  visit("status", tried.status);
}

template <class V>
void describe(V& visit, NegativeProof::NotProvoked& code) {
  visit("code", code.code);
  visit("reason", code.reason);
}

template <class V>
void describe(V& visit, NegativeProof& proof) {
  visit("schema_version", proof.schema_version);
  visit("status", proof.status);
  visit("counts", proof.counts);
  visit("cases", proof.cases);
  visit("not_provoked", proof.not_provoked);
  visit("proved_at_utc", proof.proved_at_utc);
  visit("service_release_id", proof.service_release_id);
}

MF_DOCUMENT(ContinuityProof)
MF_DOCUMENT(NegativeProof)

}  // namespace mf::contracts
