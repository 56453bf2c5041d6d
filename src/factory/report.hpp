#pragma once
// The EvalReport and what stands beside it.

#include <string>

#include "factory/evaluation.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::factory {

/// Everything a report is made of.
struct ReportBasis {
  const contracts::ResolvedTrainPlan& plan;
  const contracts::TrainArtifact& artifact;
  const contracts::ExecutionRecord& execution;
  const contracts::GovernanceProfile& policy;
  const Evaluation& evaluation;
  contracts::ArtifactRef scored_rows;
};

/// The report, with the decision that the policy gives on its figures.
contracts::EvalReport report_of(const ReportBasis& basis);

/// The main figures of the test part under the names of v0, for receipts and people. Undefined figures are left out.
std::map<std::string, double> main_figures(const contracts::EvalReport& report);

/// The fingerprint that the refs of `pack` and the figures of `report` give, whatever fingerprint the pack carries.
std::string evidence_fingerprint_of(const contracts::EvidencePack& pack, const contracts::EvalReport& report);

/// Content digests and byte digests of everything that a verdict rests on, tied together by fingerprints.
contracts::EvidencePack evidence_of(const ReportBasis& basis, const contracts::EvalReport& report,
                                    const std::string& report_ref, const std::string& artifact_ref,
                                    const std::string& execution_ref);

/// The receipt that training and evaluation are done.
contracts::TrainEvalReceipt receipt_of(const ReportBasis& basis, const contracts::EvalReport& report,
                                       const contracts::EvidenceRefs& refs);

}  // namespace mf::factory
