#pragma once
// learning.mf_gate_receipt.v0 and learning.mf_publish_eligibility.v0: the verdict, and what it allows.
//
// Room: contracts.  docs/formats/gate_receipt.v0.md, publish_eligibility.v0.md.  (c): circumstance.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::contracts {

/// 95 % of the resamples lie between them.
struct ObservedInterval {
  double lower = 0, upper = 0;
  bool operator==(const ObservedInterval&) const = default;
};

/// How one criterion came out, in one slice where it is of slices. What older receipts lack is optional.
struct CriterionResult {
  std::string id, metric, part;
  std::optional<Slice> slice;  ///< without a value only where the column has none in this part
  std::string comparison;      ///< at_least, at_most or not_worse
  std::optional<std::string> bound;
  double threshold = 0;                        ///< of not_worse: minus the margin
  std::optional<double> observed;              ///< null when the figure is undefined; of not_worse: the candidate's
  std::optional<double> baseline, difference;  ///< of not_worse alone; the difference is positive where the candidate
                                               ///< is better, and what threshold and interval are for
  std::optional<ObservedInterval> interval;
  std::optional<std::int64_t> rows, frauds;        ///< that the figure is of
  std::string outcome;                             ///< PASS, FAIL or INCONCLUSIVE; an undefined figure is FAIL
  std::string severity;                            ///< block or warn
  std::string reason;                              ///< why it is not PASS, in words; empty on PASS
  std::optional<std::int64_t> more_frauds_needed;  ///< about how many more would settle it; of INCONCLUSIVE alone
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
  std::string evaluated_at_utc;        // (c)
  std::string gate_decision;           ///< PASS or FAIL, which INCONCLUSIVE is here
  std::optional<std::string> verdict;  ///< PASS, FAIL or INCONCLUSIVE; older receipts have gate_decision alone
  std::string eval_report_id, eval_report_ref;
  EvidenceRefs evidence_refs;
  EvidenceDigests evidence_digests;
  std::map<std::string, double> gate_thresholds;  ///< criterion or comparison id -> threshold
  PolicyCitation policy;
  std::vector<CriterionResult> criteria;
  std::string input_fingerprint;
  std::optional<std::string> run_config_digest;  // (c)
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
  std::optional<std::string> run_config_digest;  // (c)
};

}  // namespace mf::contracts
