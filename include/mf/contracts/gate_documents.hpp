#pragma once
// learning.mf_gate_receipt.v0 and learning.mf_publish_eligibility.v0: the verdict, and what it allows.
//
// Room: contracts.  docs/formats/gate_receipt.v0.md, publish_eligibility.v0.md.  (c): circumstance.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/training_evidence.hpp"

namespace mf::contracts {

/// How one criterion came out.
struct CriterionResult {
  std::string id, metric, part, comparison;  ///< comparison: at_least or at_most
  double threshold = 0;
  std::optional<double> observed;  ///< null when the figure is undefined
  std::string outcome;             ///< PASS or FAIL; an undefined figure is FAIL
  std::string severity;            ///< block or warn
  std::string reason;              ///< why it failed, in words; empty on PASS
};

/// Content digests of the evidence, so that no receipt can be read with other evidence.
struct EvidenceDigests {
  std::string execution_record, train_artifact, eval_report, evidence_pack, model, scored_rows;
};

struct PolicyCitation {
  std::string policy_id, revision, profile_ref, profile_digest, policy_revision;
};

struct GateReceipt {
  std::string schema_version = "learning.mf_gate_receipt.v0";
  std::string run_key, request_id /* (c) */, platform_run_id;
  std::string evaluated_at_utc;  // (c)
  std::string gate_decision, eval_report_id, eval_report_ref;
  EvidenceRefs evidence_refs;
  EvidenceDigests evidence_digests;
  std::map<std::string, double> gate_thresholds;  ///< criterion id -> threshold
  PolicyCitation policy;
  std::vector<CriterionResult> criteria;
  std::string input_fingerprint;
};

struct PublishEligibility {
  std::string schema_version = "learning.mf_publish_eligibility.v0";
  std::string run_key, request_id /* (c) */, platform_run_id;
  std::string evaluated_at_utc;  // (c)
  std::string decision;          ///< ELIGIBLE or INELIGIBLE
  bool eligible = false;
  std::vector<std::string> reason_codes;  ///< PASS_READY or GATE_FAIL
  std::string gate_receipt_ref, gate_receipt_digest, eval_report_ref;
  EvidenceRefs required_evidence_refs;
};

}  // namespace mf::contracts
