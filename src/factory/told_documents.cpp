#include "factory/told_documents.hpp"

#include "factory/records.hpp"

namespace mf::factory {
namespace {

/// A verdict is shown with the figures that it was given on, or not at all.
void require_of_this_evaluation(const report::Documents& documents) {
  if (!documents.verdict) return;
  const auto& receipt = *documents.verdict;
  if (receipt.run_key == documents.run_key &&
      receipt.evidence_digests.eval_report == contracts::content_digest(documents.evaluation))
    return;
  throw Error(Code::GATE_INVALID, "the gate receipt of " + documents.run_key + " was given on another EvalReport",
              {{"run", documents.run_key}});
}

}  // namespace

report::Documents told_documents(const Workshop& workshop, const ledger::RunState& state,
                                 const store::layout::RunPlace& place) {
  const auto& store = *workshop.artifacts;
  const std::string& run = place.run_key;
  report::Documents documents;
  documents.run_key = run;
  documents.state = name_of(state.state);
  documents.evaluation = recorded<contracts::EvalReport>(store, state, kEvalReport, run);
  documents.plan = recorded<contracts::ResolvedTrainPlan>(store, state, kPlan, run);
  documents.execution = recorded<contracts::ExecutionRecord>(store, state, kExecutionRecord, run);
  documents.artifact = recorded<contracts::TrainArtifact>(store, state, kTrainArtifact, run);
  documents.certificate = recorded_if_any<contracts::LeakageCertificate>(store, state, kLeakageCertificate, run);
  documents.explanations = recorded_if_any<contracts::Explanations>(store, state, kExplanations, run);
  documents.verdict = recorded_if_any<contracts::GateReceipt>(store, state, kGateReceipt, run);
  documents.bundle = recorded_if_any<contracts::BundleManifest>(store, state, kBundleManifest, run);
  for (const auto& [name, record] : state.recorded) documents.records.push_back({name, record.ref, record.sha256});
  require_of_this_evaluation(documents);
  return documents;
}

}  // namespace mf::factory
