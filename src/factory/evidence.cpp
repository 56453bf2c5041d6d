#include "factory/evidence.hpp"

#include "factory/records.hpp"

namespace mf::factory {
namespace {

/// The pack says which documents belong together; none may come from elsewhere.
void require_together(const Evidence& evidence) {
  const auto& said = evidence.pack.digests;
  const auto& found = evidence.digests;
  const bool together = said.execution_record == found.execution_record &&
                        said.train_artifact == found.train_artifact && said.eval_report == found.eval_report &&
                        said.model == found.model && said.scored_rows == found.scored_rows &&
                        evidence.pack.run_key == evidence.plan.run_key;
  if (!together)
    throw Error(Code::EVIDENCE_DIGEST_MISMATCH,
                "the evidence pack of " + evidence.plan.run_key + " names other evidence",
                {{"run", evidence.plan.run_key}});
}

}  // namespace

Evidence read_evidence(const Stage& stage, const ledger::RunState& state) {
  const auto& store = stage.store();
  const std::string& run = stage.run.run_key;
  Evidence evidence;
  evidence.report = recorded<contracts::EvalReport>(store, state, kEvalReport, run);
  evidence.pack = recorded<contracts::EvidencePack>(store, state, kEvidencePack, run);
  static_cast<void>(recorded<contracts::TrainEvalReceipt>(store, state, kTrainEvalReceipt, run));
  evidence.artifact = recorded<contracts::TrainArtifact>(store, state, kTrainArtifact, run);
  evidence.execution = recorded<contracts::ExecutionRecord>(store, state, kExecutionRecord, run);
  evidence.plan = recorded<contracts::ResolvedTrainPlan>(store, state, kPlan, run);
  evidence.model = recorded_bytes(store, state, kModel, run);
  evidence.refs = {require_recorded(state, kExecutionRecord, run).ref, require_recorded(state, kTrainArtifact, run).ref,
                   require_recorded(state, kEvalReport, run).ref, require_recorded(state, kEvidencePack, run).ref};
  evidence.digests = {contracts::content_digest(evidence.execution), contracts::content_digest(evidence.artifact),
                      contracts::content_digest(evidence.report),    contracts::content_digest(evidence.pack),
                      identity::sha256_hex(evidence.model),          require_recorded(state, kScoredRows, run).sha256};
  require_together(evidence);
  return evidence;
}

}  // namespace mf::factory
