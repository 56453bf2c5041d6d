#include "factory/evidence.hpp"

#include "factory/certificate.hpp"
#include "factory/explanations.hpp"
#include "factory/records.hpp"

namespace mf::factory {
void require_together(const contracts::EvidencePack& pack, const contracts::EvidenceDigests& found,
                      const std::string& run) {
  const auto& said = pack.digests;
  const auto require = [&](const std::string& pointer, const std::string& named, const std::string& standing) {
    if (named != standing)
      throw Error(Code::EVIDENCE_DIGEST_MISMATCH, "the evidence pack of " + run + " names other evidence in " + pointer,
                  {{"run", run}, {"pointer", pointer}, {"expected", named}, {"observed", standing}});
  };
  require("/run_key", pack.run_key, run);
  require("/digests/execution_record", said.execution_record, found.execution_record);
  require("/digests/train_artifact", said.train_artifact, found.train_artifact);
  require("/digests/eval_report", said.eval_report, found.eval_report);
  require("/digests/model", said.model, found.model);
  require("/digests/scored_rows", said.scored_rows, found.scored_rows);
}

void require_given_on(const contracts::GateReceipt& receipt, const contracts::PublishEligibility& eligibility,
                      const contracts::EvidenceDigests& found, const std::string& run) {
  const auto& said = receipt.evidence_digests;
  const auto require = [&](bool same, const char* what) {
    if (!same)
      throw Error(Code::GATE_INVALID, "the gate receipt of " + run + " was given on other evidence: " + what,
                  {{"run", run}});
  };
  require(eligibility.gate_receipt_digest == contracts::content_digest(receipt),
          "the eligibility names another receipt");
  require(eligibility.run_key == run && receipt.run_key == run, "it is of another run");
  require(said.model == found.model, "another model");
  require(said.eval_report == found.eval_report, "another EvalReport");
  require(said.evidence_pack == found.evidence_pack, "another evidence pack");
  require(said.scored_rows == found.scored_rows, "other scored rows");
  require(said.train_artifact == found.train_artifact, "another train artifact");
  require(said.execution_record == found.execution_record, "another execution record");
}

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
  require_certificate(store, state, evidence.plan, evidence.artifact);
  evidence.model = recorded_model(store, state, run);
  evidence.refs = {require_recorded(state, kExecutionRecord, run).ref, require_recorded(state, kTrainArtifact, run).ref,
                   require_recorded(state, kEvalReport, run).ref, require_recorded(state, kEvidencePack, run).ref};
  evidence.digests = {contracts::content_digest(evidence.execution), contracts::content_digest(evidence.artifact),
                      contracts::content_digest(evidence.report),    contracts::content_digest(evidence.pack),
                      identity::sha256_hex(evidence.model),          require_recorded(state, kScoredRows, run).sha256};
  require_together(evidence.pack, evidence.digests, run);
  evidence.explanations = read_explanations(store, state, evidence.plan, evidence.digests.model);
  return evidence;
}

}  // namespace mf::factory
