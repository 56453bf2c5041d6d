#include "factory/job_answer.hpp"

#include "factory/records.hpp"

namespace mf::factory {
namespace {

/// The documents that a receipt tells of, by the names that they have in results of mf.
constexpr struct {
  const RecordKind& kind;
  const char* name;
} kTold[] = {
    {kPlan, "resolved_train_plan_ref"},
    {kExecutionRecord, "execution_record_ref"},
    {kTrainArtifact, "train_artifact_ref"},
    {kEvalReport, "eval_report_ref"},
    {kEvidencePack, "evidence_pack_ref"},
    {kGateReceipt, "gate_receipt_ref"},
    {kPublishEligibility, "publish_eligibility_ref"},
    {kBundlePublication, "bundle_publication_ref"},
    {kPublishReceipt, "publish_handshake_receipt_ref"},
};

/// What a receipt tells of the run. How the registry took the bundle is not among it: who was killed right after he had
/// published finds it there, and what stands there has a time; a receipt is free of such circumstance.
constexpr const char* kToldFacts[] = {"bundle_id", "bundle_version", "gate_decision", "input_fingerprint"};

/// What keeps the run from where it was to go. A verdict of the gate is no failure: the receipt it refers to tells why.
std::optional<Error> failure_of(const ledger::RunState& state) {
  if (!state.failure || state.state == ledger::State::published) return {};
  const auto& failure = *state.failure;
  const auto* row = find_code(failure.code);
  if (row == nullptr) return {};
  return Error(row->code, failure.message, failure.context, failure.hint);
}

}  // namespace

JobAnswer answer_of(const ledger::RunState& state, const std::string& run_key, JobStatus status) {
  JobAnswer answer{.status = status, .run_key = run_key, .refs = {}, .details = {}, .error = failure_of(state)};
  for (const auto& [kind, name] : kTold)
    if (const auto* found = state.find(kind.name)) answer.refs[name] = found->ref;
  for (const char* name : kToldFacts)
    if (const auto found = state.facts.find(name); found != state.facts.end()) answer.details[name] = found->second;
  if (state.end) answer.details["terminal_class"] = std::string(name_of(state.end->terminal_class));
  return answer;
}

JobAnswer failed_by(const Error& error, const ledger::RunState& state, const std::string& run_key) {
  auto answer = answer_of(state, run_key, JobStatus::failed);
  answer.error = error;
  return answer;
}

}  // namespace mf::factory
