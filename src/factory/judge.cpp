#include "factory/document_difference.hpp"
#include "factory/evidence.hpp"
#include "factory/intent.hpp"
#include "factory/profile_check.hpp"
#include "factory/recomputation.hpp"
#include "factory/records.hpp"
#include "factory/report.hpp"
#include "factory/told_verdict.hpp"
#include "mf/factory/stories.hpp"

namespace mf::factory {
namespace {

using contracts::GateReceipt;
using contracts::PublishEligibility;

/// A report counts only as far as it can be computed again: all of it.
gate::Verdict verdict_of(const Evidence& evidence, const contracts::GovernanceProfile& policy,
                         const Recomputation& again) {
  auto verdict = judge_evaluation(policy, again.evaluation);
  const std::string& ref = evidence.refs.eval_report_ref;
  const std::string decision = gate_decision_of(verdict.decision);
  if (decision != evidence.report.gate_decision)
    throw Error(Code::GATE_DECISION_MISMATCH,
                ref + " says " + evidence.report.gate_decision + ", its scored rows and the policy give " + decision,
                {{"ref", ref}});
  const auto report =
      report_of({evidence.plan, evidence.artifact, evidence.execution, policy, again.evaluation, again.scored_rows});
  const auto difference = first_difference(contracts::write_content(evidence.report), contracts::write_content(report));
  if (difference)
    throw Error(
        Code::EVAL_REPORT_MISMATCH,
        ref + ": " + difference->pointer + " is " + difference->was + ", its scored rows give " + difference->is,
        {{"run", evidence.plan.run_key}, {"ref", ref}, {"pointer", difference->pointer}});
  return verdict;
}

GateReceipt receipt_of(const Stage& stage, const Evidence& evidence, const contracts::GovernanceProfile& policy,
                       const gate::Verdict& verdict) {
  const auto& lock = evidence.plan.governance_profile;
  GateReceipt receipt;
  receipt.run_key = stage.run.run_key;
  receipt.request_id = evidence.plan.request_id;
  receipt.platform_run_id = stage.run.platform_run_id;
  receipt.evaluated_at_utc = stage.now();
  receipt.gate_decision = gate::gate_decision_of(verdict.decision);
  receipt.verdict = name_of(verdict.decision);
  receipt.eval_report_id = evidence.report.eval_report_id;
  receipt.eval_report_ref = evidence.refs.eval_report_ref;
  receipt.evidence_refs = evidence.refs;
  receipt.evidence_digests = evidence.digests;
  receipt.gate_thresholds = gate::thresholds_of(policy);
  receipt.policy = {lock.policy_id, lock.revision, lock.profile_ref, lock.profile_digest,
                    evidence.plan.input_refs.policy_revision};
  receipt.criteria = verdict.criteria;
  receipt.input_fingerprint = evidence.plan.input_fingerprint;
  receipt.run_config_digest = stage.workshop.run_config_digest;
  return receipt;
}

PublishEligibility eligibility_of(const GateReceipt& receipt, const std::string& receipt_ref,
                                  const contracts::ResolvedTrainPlan& plan) {
  PublishEligibility eligibility;
  eligibility.run_key = receipt.run_key;
  eligibility.request_id = receipt.request_id;
  eligibility.platform_run_id = receipt.platform_run_id;
  eligibility.evaluated_at_utc = receipt.evaluated_at_utc;
  const bool passed = receipt.gate_decision == "PASS";
  eligibility.eligible = passed && !plan.candidate;
  eligibility.decision = eligibility.eligible ? "ELIGIBLE" : "INELIGIBLE";
  eligibility.reason_codes = {!passed ? kGateFail : eligibility.eligible ? "PASS_READY" : "EVALUATION_ONLY"};
  eligibility.gate_receipt_ref = receipt_ref;
  eligibility.gate_receipt_digest = contracts::content_digest(receipt);
  eligibility.eval_report_ref = receipt.eval_report_ref;
  eligibility.required_evidence_refs = receipt.evidence_refs;
  eligibility.run_config_digest = receipt.run_config_digest;
  return eligibility;
}

Result told(const Desk& desk, const ledger::RunState& state, const GateReceipt& receipt) {
  auto result = result_of(state, desk.run, verdict_in(receipt));
  result.refs = {{"gate_receipt_ref", store::layout::gate_receipt(desk.run)},
                 {"publish_eligibility_ref", store::layout::publish_eligibility(desk.run)},
                 {"eval_report_ref", receipt.eval_report_ref}};
  result.lines.push_back("judged by " + receipt.policy.policy_id + "@" + receipt.policy.revision);
  for (const auto& criterion : receipt.criteria) {
    result.lines.push_back("  " + in_words(criterion));
    result.figures.emplace_back(name_of(criterion), criterion.outcome);
  }
  if (receipt.gate_decision == "PASS") {
    if (!only_evaluates(state)) result.next = "mf publish --run " + desk.run.run_key;
  } else {
    result.exit_status = 1;
    result.lines.push_back("the model is kept as evidence and will not be published");
  }
  return result;
}

ledger::Detail detail_of_verdict(const Kept<GateReceipt>& receipt, const Kept<PublishEligibility>& eligibility) {
  ledger::Detail detail{{"gate_decision", receipt.document.gate_decision}};
  vouch(detail, kGateReceipt, receipt.ref, receipt.sha256);
  vouch(detail, kPublishEligibility, eligibility.ref, eligibility.sha256);
  if (receipt.document.gate_decision == "FAIL") {
    const bool open = verdict_in(receipt.document) == "INCONCLUSIVE";
    detail["stage"] = "gate";
    detail["code"] = kGateFail;
    detail["message"] = open ? "there are too few rows to tell whether the model meets the policy"
                             : "the model does not meet the policy";
    detail["hint"] = open
                         ? "Read the gate receipt: it says how many more frauds would settle it; that is a new request."
                         : "Read the gate receipt; a better model or another policy revision needs a new request.";
  }
  return detail;
}

std::optional<Result> recall_verdict(const Desk& desk, const ledger::RunState& state) {
  const std::string& run = desk.run.run_key;
  static_cast<void>(require_recorded(state, kEvalReport, run));
  if (state.find(kGateReceipt.name) == nullptr) return {};
  static_cast<void>(recorded<PublishEligibility>(desk.store(), state, kPublishEligibility, run));
  return told(desk, state, recorded<GateReceipt>(desk.store(), state, kGateReceipt, run));
}

/// Read the evidence, recompute and judge, keep receipt and eligibility, record the verdict.
Result judge_model(const Stage& stage, const ledger::RunState& state) {
  const auto evidence = read_evidence(stage, state);
  const auto policy = locked_governance_profile(stage.store(), evidence.plan);
  stage.begin("GATE");
  const auto verdict = verdict_of(evidence, policy, recompute(stage, state, evidence.plan, evidence.execution, policy));

  const auto receipt = keep(stage.store(), store::layout::gate_receipt(stage.run),
                            receipt_of(stage, evidence, policy, verdict), kGateReceipt);
  const auto eligibility = keep(stage.store(), store::layout::publish_eligibility(stage.run),
                                eligibility_of(receipt.document, receipt.ref, evidence.plan), kPublishEligibility);

  const auto detail = detail_of_verdict(receipt, eligibility);
  if (verdict.decision == gate::Decision::pass)
    stage.claim.append(ledger::Event::gate_pass, detail);
  else
    end_run(stage, ledger::Event::run_failed, ledger::TerminalClass::failed_gates, detail);
  return told(stage, state, receipt.document);
}

}  // namespace

Result judge(Workshop& workshop, const store::layout::RunPlace& run) {
  return staged(workshop, run, {"gate", "GATE", recall_verdict, judge_model});
}

}  // namespace mf::factory
