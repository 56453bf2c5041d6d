#include "publication/intake_agreement.hpp"

#include <algorithm>
#include <array>

#include "mf/contracts/document.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/publication/bundle.hpp"
#include "mf/store/layout.hpp"

namespace mf::publication {
namespace {

namespace layout = store::layout;
using contracts::BundleManifest;
using contracts::Compatibility;
using enum IntakeReason;

/// What a serving process may be asked to allow; it can be degraded by taking one of these away.
constexpr std::array<std::string_view, 4> kCapabilities = {"allow_fallback_heuristics", "allow_ieg",
                                                           "allow_model_primary", "allow_model_stage2"};

bool is_blank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

bool is_same(const Compatibility& a, const Compatibility& b) {
  return a.feature_set_id == b.feature_set_id && a.feature_set_version == b.feature_set_version &&
         a.input_contract_version == b.input_contract_version && a.required_capabilities == b.required_capabilities;
}

/// One document, held against the manifest.
class Side {
 public:
  Side(Intake& intake, std::string_view member) : intake_(intake), member_(member) {}

  void find(IntakeReason reason, const std::string& what) const { intake_.find(reason, member_, what); }

  /// Both say the same, or it is told.
  void require(const std::string& pointer, const std::string& said, const std::string& expected,
               IntakeReason reason = DOCUMENTS_DISAGREE) const {
    if (said != expected) find(reason, pointer + " is " + said + ", and elsewhere in the bundle " + expected);
  }

 private:
  Intake& intake_;
  std::string member_;
};

/// None where the manifest names no model, which is told by itself.
const BundleManifest::Member* model_of(const BundleManifest& manifest) {
  const auto model = std::ranges::find(manifest.members, layout::kModelFile, &BundleManifest::Member::path);
  return model == manifest.members.end() ? nullptr : &*model;
}

void require_model(const Side& side, const std::string& pointer, const std::string& said,
                   const BundleManifest& manifest) {
  if (const auto* model = model_of(manifest)) side.require(pointer, said, model->sha256);
}

void check_identity(const Side& side, const BundleManifest& manifest) {
  const std::string id = bundle_id_of(manifest);
  side.require("/bundle_id", manifest.bundle_id, id, BUNDLE_ID_MISMATCH);
  side.require("/bundle_version", manifest.bundle_version,
               identity::bundle_version(id, manifest.policy_revision, manifest.config_revision), BUNDLE_ID_MISMATCH);
}

void check_compatibility(const Side& side, const Compatibility& compatibility) {
  const auto refuse = [&](const std::string& what) { side.find(COMPATIBILITY_INVALID, "/compatibility" + what); };
  if (is_blank(compatibility.feature_set_id)) refuse("/feature_set_id is blank");
  if (is_blank(compatibility.feature_set_version)) refuse("/feature_set_version is blank");
  const auto& capabilities = compatibility.required_capabilities;
  for (const auto& capability : capabilities) {
    if (std::ranges::find(kCapabilities, capability) == kCapabilities.end())
      refuse("/required_capabilities names " + capability + ", which nobody can allow");
    if (std::ranges::count(capabilities, capability) > 1)
      refuse("/required_capabilities names " + capability + " twice");
  }
  if (std::ranges::find(capabilities, "allow_model_primary") == capabilities.end())
    refuse("/required_capabilities lacks allow_model_primary, without which no model is asked");
}

void check_lineage(const Side& side, const BundleManifest& manifest) {
  if (manifest.lineage.dataset_manifests.empty()) side.find(LINEAGE_MISSING, "/lineage/dataset_manifests is empty");
}

void check_publication(const Side& side, const contracts::BundlePublication& publication,
                       const BundleManifest& manifest) {
  side.require("/bundle_id", publication.bundle_id, manifest.bundle_id);
  side.require("/bundle_version", publication.bundle_version, manifest.bundle_version);
  side.require("/eval_report_ref", publication.eval_report_ref, manifest.evidence.eval_report_ref);
  side.require("/provenance/mf_code_release_id", publication.provenance.mf_code_release_id,
               manifest.releases.mf_code_release_id);
  side.require("/provenance/config_revision", publication.provenance.config_revision, manifest.config_revision);
  if (!is_same(publication.compatibility, manifest.compatibility))
    side.find(COMPATIBILITY_INVALID, "/compatibility is not that of the manifest");
  std::vector<std::string> refs;
  for (const auto& dataset : manifest.lineage.dataset_manifests) refs.push_back(dataset.manifest_ref);
  // A manifest without lineage is told of by itself.
  if (!refs.empty() && publication.dataset_manifest_refs != refs)
    side.find(DOCUMENTS_DISAGREE, "/dataset_manifest_refs are not those of the manifest's lineage");
}

void check_scoring(const Side& side, const contracts::ScoringContract& scoring, const BundleManifest& manifest) {
  side.require("/schema_version", scoring.schema_version, manifest.compatibility.input_contract_version,
               COMPATIBILITY_INVALID);
  const auto* model = model_of(manifest);
  if (model == nullptr) return;
  if (const auto fault = fault_of(scoring, *model); !fault.empty()) side.find(DOCUMENTS_DISAGREE, fault);
}

void check_report(const Side& side, const contracts::EvalReport& report, const BundleManifest& manifest) {
  const auto& basis = report.metrics.reproducibility_basis;
  const auto& lineage = manifest.lineage;
  side.require("/metrics/reproducibility_basis/run_key", basis.run_key, manifest.run_key, EVAL_EVIDENCE_MISSING);
  side.require("its content digest", contracts::content_digest(report), manifest.evidence.eval_report_digest,
               DIGEST_MISMATCH);
  require_model(side, "/metrics/reproducibility_basis/model_sha256", basis.model_sha256, manifest);
  side.require("/metrics/reproducibility_basis/input_fingerprint", basis.input_fingerprint, lineage.input_fingerprint);
  side.require("/metrics/reproducibility_basis/training_profile_digest", basis.training_profile_digest,
               lineage.training_profile.profile_digest);
  side.require("/metrics/reproducibility_basis/governance_profile_digest", basis.governance_profile_digest,
               lineage.governance_profile.profile_digest);
}

void check_verdict(const Side& side, const contracts::GateReceipt& receipt) {
  const std::string verdict = receipt.verdict.value_or(receipt.gate_decision);
  if (receipt.gate_decision != "PASS" || verdict != "PASS") side.find(GATE_NOT_PASSED, "the verdict is " + verdict);
  if (receipt.criteria.empty()) side.find(GATE_NOT_PASSED, "it was given by no criterion");
  for (const auto& criterion : receipt.criteria)
    if (criterion.severity == "block" && criterion.outcome != "PASS")
      side.find(GATE_NOT_PASSED, "criterion " + criterion.id + " blocks and is " + criterion.outcome);
}

void check_receipt(const Side& side, const contracts::GateReceipt& receipt, const BundleManifest& manifest) {
  const auto& evidence = manifest.evidence;
  side.require("/run_key", receipt.run_key, manifest.run_key, GATE_RECEIPT_MISSING);
  side.require("its content digest", contracts::content_digest(receipt), evidence.gate_receipt_digest, DIGEST_MISMATCH);
  side.require("/eval_report_ref", receipt.eval_report_ref, evidence.eval_report_ref);
  side.require("/evidence_digests/eval_report", receipt.evidence_digests.eval_report, evidence.eval_report_digest);
  require_model(side, "/evidence_digests/model", receipt.evidence_digests.model, manifest);
  side.require("/input_fingerprint", receipt.input_fingerprint, manifest.lineage.input_fingerprint);
  side.require("/policy/profile_digest", receipt.policy.profile_digest,
               manifest.lineage.governance_profile.profile_digest);
  side.require("/policy/policy_revision", receipt.policy.policy_revision, manifest.policy_revision);
  check_verdict(side, receipt);
}

void check_submission(const Side& side, const contracts::BundleSubmission& submission, const BundleManifest& manifest) {
  side.require("/bundle_id", submission.bundle_id, manifest.bundle_id);
  side.require("/bundle_version", submission.bundle_version, manifest.bundle_version);
  side.require("/idempotency_key", submission.idempotency_key, idempotency_key_of(manifest));
  side.require("/run_key", submission.run_key, manifest.run_key);
  side.require("/intent_kind", submission.intent_kind, manifest.intent_kind);
  side.require("/target_scope", scope_in_words(submission.target_scope), scope_in_words(manifest.target_scope));
}

void check_policy(const Side& side, const contracts::BundleSubmission& submission,
                  const contracts::GateReceipt& receipt) {
  const auto& [policy, gate] = std::pair(receipt.policy, submission.gate);
  side.require("/gate/verdict", gate.verdict, receipt.verdict.value_or(receipt.gate_decision));
  side.require("/gate/policy_id", gate.policy_id, policy.policy_id);
  side.require("/gate/revision", gate.revision, policy.revision);
  side.require("/gate/profile_digest", gate.profile_digest, policy.profile_digest);
  side.require("/gate/policy_revision", gate.policy_revision, policy.policy_revision);
}

void check_submitter(const Side& side, const contracts::BundleSubmission& submission, const IntakeTerms& terms) {
  const auto& [actor_id, source_type] = submission.submitter;
  if (is_blank(submission.requester_principal) || submission.request_id.empty())
    side.find(SUBMITTER_MISSING, "it does not say who asked for the bundle, and with which request");
  if (actor_id.empty()) return side.find(SUBMITTER_MISSING, "it does not say who submits the bundle");
  if (!actor_id.starts_with(source_type + "::"))
    side.find(SUBMITTER_FORBIDDEN, actor_id + " is told to be " + source_type);
  if (!terms.submitters.empty() && std::ranges::find(terms.submitters, actor_id) == terms.submitters.end())
    side.find(SUBMITTER_FORBIDDEN, actor_id + " is none of those who may submit");
}

}  // namespace

std::string scope_in_words(const contracts::TargetScope& scope) {
  const std::string slot = scope.environment + "/" + scope.mode + "/" + scope.bundle_slot;
  return scope.tenant_id ? slot + "/" + *scope.tenant_id : slot;
}

void check_agreement(Intake& intake, const IntakeTerms& terms) {
  const auto side = [&](std::string_view member) { return Side(intake, member); };
  if (intake.submission) check_submitter(side(layout::kBundleSubmissionFile), *intake.submission, terms);
  if (intake.submission && intake.receipt)
    check_policy(side(layout::kBundleSubmissionFile), *intake.submission, *intake.receipt);
  if (!intake.manifest) return;
  const BundleManifest& manifest = *intake.manifest;
  const Side own = side(layout::kBundleManifestFile);
  check_identity(own, manifest);
  check_compatibility(own, manifest.compatibility);
  check_lineage(own, manifest);
  if (terms.scope)
    if (const auto has = scope_in_words(manifest.target_scope), wanted = scope_in_words(*terms.scope); has != wanted)
      own.find(SCOPE_MISMATCH, "/target_scope is " + has + ", and the intake is for " + wanted);
  if (intake.scoring) check_scoring(side(layout::kScoringContractFile), *intake.scoring, manifest);
  if (intake.report) check_report(side(layout::kEvalReportFile), *intake.report, manifest);
  if (intake.receipt) check_receipt(side(layout::kGateReceiptFile), *intake.receipt, manifest);
  if (intake.submission) check_submission(side(layout::kBundleSubmissionFile), *intake.submission, manifest);
  if (intake.publication) check_publication(side(layout::kBundlePublicationFile), *intake.publication, manifest);
}

}  // namespace mf::publication
