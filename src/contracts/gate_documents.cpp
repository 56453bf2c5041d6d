#include "mf/contracts/gate_documents.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, ObservedInterval& interval) {
  visit("lower", interval.lower);
  visit("upper", interval.upper);
}

template <class V>
void describe(V& visit, CriterionResult& result) {
  visit("id", result.id);
  visit("metric", result.metric);
  visit("part", result.part);
  visit("slice", result.slice);
  visit("comparison", result.comparison);
  visit("bound", result.bound);
  visit("threshold", result.threshold);
  visit.nullable("observed", result.observed);
  visit("baseline", result.baseline);
  visit("difference", result.difference);
  visit("interval", result.interval);
  visit("rows", result.rows);
  visit("frauds", result.frauds);
  visit("outcome", result.outcome);
  visit("severity", result.severity);
  visit("reason", result.reason);
  visit("more_frauds_needed", result.more_frauds_needed);
}

template <class V>
void describe(V& visit, EvidenceDigests& digests) {
  visit("execution_record", digests.execution_record);
  visit("train_artifact", digests.train_artifact);
  visit("eval_report", digests.eval_report);
  visit("evidence_pack", digests.evidence_pack);
  visit("model", digests.model);
  visit("scored_rows", digests.scored_rows);
}

template <class V>
void describe(V& visit, PolicyCitation& policy) {
  visit("policy_id", policy.policy_id);
  visit("revision", policy.revision);
  visit("profile_ref", policy.profile_ref);
  visit("profile_digest", policy.profile_digest);
  visit("policy_revision", policy.policy_revision);
}

template <class V>
void describe(V& visit, GateReceipt& receipt) {
  visit("schema_version", receipt.schema_version);
  visit("run_key", receipt.run_key);
  visit("request_id", receipt.request_id);
  visit("platform_run_id", receipt.platform_run_id);
  visit("evaluated_at_utc", receipt.evaluated_at_utc);
  visit("gate_decision", receipt.gate_decision);
  visit("verdict", receipt.verdict);
  visit("eval_report_id", receipt.eval_report_id);
  visit("eval_report_ref", receipt.eval_report_ref);
  visit("evidence_refs", receipt.evidence_refs);
  visit("evidence_digests", receipt.evidence_digests);
  visit("gate_thresholds", receipt.gate_thresholds);
  visit("policy", receipt.policy);
  visit("criteria", receipt.criteria);
  visit("input_fingerprint", receipt.input_fingerprint);
  visit("run_config_digest", receipt.run_config_digest);
}

template <class V>
void describe(V& visit, PublishEligibility& eligibility) {
  visit("schema_version", eligibility.schema_version);
  visit("run_key", eligibility.run_key);
  visit("request_id", eligibility.request_id);
  visit("platform_run_id", eligibility.platform_run_id);
  visit("evaluated_at_utc", eligibility.evaluated_at_utc);
  visit("decision", eligibility.decision);
  visit("eligible", eligibility.eligible);
  visit("reason_codes", eligibility.reason_codes);
  visit("gate_receipt_ref", eligibility.gate_receipt_ref);
  visit("gate_receipt_digest", eligibility.gate_receipt_digest);
  visit("eval_report_ref", eligibility.eval_report_ref);
  visit("required_evidence_refs", eligibility.required_evidence_refs);
  visit("run_config_digest", eligibility.run_config_digest);
}

MF_DOCUMENT(GateReceipt)
MF_DOCUMENT(PublishEligibility)

}  // namespace mf::contracts
