#include "factory/packing.hpp"

#include "factory/dataset_of_plan.hpp"
#include "factory/materialization_check.hpp"
#include "factory/records.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/engine/objectives.hpp"
#include "mf/error.hpp"

namespace mf::factory {

using contracts::GateReceipt;
using contracts::PublishEligibility;
using publication::Bundle;

namespace {

/// What a score of the model means.
std::string score_of(const contracts::ExecutionRecord& execution) {
  const auto named = execution.engine.parameters.find("objective");
  const auto* objective = named == execution.engine.parameters.end() ? nullptr : engine::find_objective(named->second);
  if (objective == nullptr) throw Error(Code::INTERNAL, "the execution record names no objective that MF knows");
  return std::string(objective->score);
}

std::optional<contracts::ScoringContract::ReasonCodes> reason_codes_of(const Evidence& evidence) {
  if (!evidence.explanations || !evidence.explanations->reason_codes) return {};
  return {{*evidence.explanations->reason_codes, evidence.explanations->method,
           "the features with the largest contributions above 0, largest first, ties in the order of the features"}};
}

/// Who asked, and who submits: this installation.
contracts::BundleSubmission submission_of(const Stage& stage, const ledger::RunState& state, const Bundle& bundle,
                                          const GateReceipt& receipt, const contracts::TrainBuildRequest& request) {
  const auto& profile = stage.workshop.profile;
  auto submission = publication::submission_of(bundle.manifest, receipt);
  submission.request_id = request.request_id;
  submission.requester_principal = request.requester_principal;
  submission.request_ids = state.request_ids;
  submission.submitter = profile.actor;
  submission.submitted_at_utc = stage.now();
  submission.environment = profile.environment;
  submission.service_release_id = profile.service_release_id;
  submission.run_config_digest = stage.workshop.run_config_digest;
  return submission;
}

/// What was packed before may differ from this attempt by circumstance, and not from what the log says of it.
void require_packed_as_recorded(const Stage& stage, const ledger::RunState& state) {
  for (const auto& kind : {kBundleManifest, kBundleSubmission, kBundlePublication})
    if (const auto* record = state.find(kind.name)) require_unchanged(stage.store(), *record, kind, stage.run.run_key);
}

/// Keeps MF's own copy, manifest before submission before publication; what an earlier attempt left of the last two
/// stands, and is what is handed over. The manifest vouches for the members; only the log can vouch for the others.
ledger::Detail keep_bundle(const Stage& stage, Bundle& bundle) {
  ledger::Detail detail{{"bundle_id", bundle.manifest.bundle_id}, {"bundle_version", bundle.manifest.bundle_version}};
  const auto key_of = [&](std::string_view path) { return store::layout::bundle_member(stage.run, path); };
  for (const auto& member : bundle.members)
    keep_bytes(stage.store(), key_of(member.path), member.bytes, kBundleManifest);
  const auto manifest =
      keep(stage.store(), key_of(store::layout::kBundleManifestFile), bundle.manifest, kBundleManifest);
  vouch(detail, kBundleManifest, manifest.ref, manifest.sha256);
  const auto submission =
      keep(stage.store(), key_of(store::layout::kBundleSubmissionFile), *bundle.submission, kBundleSubmission);
  vouch(detail, kBundleSubmission, submission.ref, submission.sha256);
  bundle.submission = submission.document;
  const auto publication =
      keep(stage.store(), key_of(store::layout::kBundlePublicationFile), bundle.publication, kBundlePublication);
  vouch(detail, kBundlePublication, publication.ref, publication.sha256);
  bundle.publication = publication.document;
  return detail;
}

}  // namespace

GateReceipt require_eligible(const Stage& stage, const ledger::RunState& state, const Evidence& evidence) {
  const std::string& run = stage.run.run_key;
  const auto eligibility = recorded<PublishEligibility>(stage.store(), state, kPublishEligibility, run);
  auto receipt = recorded<GateReceipt>(stage.store(), state, kGateReceipt, run);
  require_given_on(receipt, eligibility, evidence.digests, run);
  if (!eligibility.eligible || receipt.gate_decision != "PASS")
    throw Error(Code::PUBLISH_NOT_ELIGIBLE, "run " + run + " did not pass its gate", {{"run", run}});
  return receipt;
}

Bundle package(const Stage& stage, const ledger::RunState& state, const Evidence& evidence,
               const GateReceipt& receipt) {
  const std::string& run = stage.run.run_key;
  const auto request = contracts::read_recorded_request(state.request);
  const auto materializations = locked_materializations(stage.store(), evidence.plan);
  auto bundle = publication::assemble({evidence.plan, contracts::identity_of(request).train_run_key, evidence.artifact,
                                       evidence.model, feature_types_of(materializations), evidence.report,
                                       evidence.refs.eval_report_ref, receipt,
                                       require_recorded(state, kGateReceipt, run).ref, score_of(evidence.execution),
                                       evidence.execution.engine.categories, reason_codes_of(evidence)});
  bundle.publication.provenance.run_config_digest = stage.workshop.run_config_digest;
  bundle.submission = submission_of(stage, state, bundle, receipt, request);
  require_packed_as_recorded(stage, state);
  const auto detail = keep_bundle(stage, bundle);
  if (state.find(kBundleManifest.name) == nullptr) stage.claim.append(ledger::Event::bundle_packaged, detail);
  return bundle;
}

}  // namespace mf::factory
