#pragma once
// The evidence of an evaluated run, read again and verified: what gate and publication rest on.

#include <optional>
#include <string>

#include "factory/stage.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/explanations.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::factory {

struct Evidence {
  contracts::ResolvedTrainPlan plan;
  contracts::TrainArtifact artifact;
  contracts::ExecutionRecord execution;
  std::optional<contracts::Explanations> explanations;  ///< nothing when the profile asked for none
  contracts::EvalReport report;
  contracts::EvidencePack pack;
  std::string model;  ///< UBJ bytes
  contracts::EvidenceRefs refs;
  contracts::EvidenceDigests digests;
};

/// The pack says which documents belong together; none may come from elsewhere.
/// Throws EVIDENCE_DIGEST_MISMATCH when it names others than `found`, or another run.
void require_together(const contracts::EvidencePack& pack, const contracts::EvidenceDigests& found,
                      const std::string& run);

/// A verdict counts for the evidence it was given on. Throws GATE_INVALID when receipt and eligibility do not belong
/// together, to `run`, or to the evidence `found`.
void require_given_on(const contracts::GateReceipt& receipt, const contracts::PublishEligibility& eligibility,
                      const contracts::EvidenceDigests& found, const std::string& run);

/// Reads all of it. Throws STAGE_MISSING when the run is not evaluated yet, and the code of whatever is missing,
/// changed, or does not belong together.
Evidence read_evidence(const Stage& stage, const ledger::RunState& state);

}  // namespace mf::factory
