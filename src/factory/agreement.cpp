#include "factory/agreement.hpp"

#include "factory/certificate.hpp"
#include "factory/evidence.hpp"
#include "factory/explanations.hpp"
#include "factory/plan_resolution.hpp"
#include "factory/records.hpp"
#include "factory/report.hpp"
#include "factory/told_verdict.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/train_build_request.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/publication/bundle.hpp"

namespace mf::factory {
namespace {

using contracts::content_digest;
using contracts::EvidenceDigests;
using contracts::EvidenceRefs;
namespace layout = store::layout;

/// One document, held field by field against what it should say.
class Statements {
 public:
  Statements(Code changed, std::string ref) : changed_(changed), ref_(std::move(ref)) {}

  void require(const std::string& pointer, const std::string& said, const std::string& expected) const {
    if (said == expected) return;
    throw Error(changed_, ref_ + ": " + pointer + " is " + said + ", and should be " + expected,
                {{"ref", ref_}, {"pointer", pointer}, {"expected", expected}, {"observed", said}});
  }

  void require(const std::string& pointer, bool agrees) const {
    if (!agrees)
      throw Error(changed_, ref_ + ": " + pointer + " is not that of the documents it speaks of",
                  {{"ref", ref_}, {"pointer", pointer}});
  }

 private:
  Code changed_;
  std::string ref_;
};

/// All documents of a run and what is known of it: each function holds one document against the others.
struct Agreement {
  const RunDocuments& all;
  const ledger::RunState& state;
  const layout::RunPlace& run;

  [[nodiscard]] ledger::Recorded record(const RecordKind& kind) const {
    const auto* found = state.find(kind.name);
    return found == nullptr ? ledger::Recorded{} : *found;
  }

  [[nodiscard]] bool has_evidence() const {
    return all.plan && all.execution && all.artifact && all.report && all.pack;
  }

  [[nodiscard]] EvidenceDigests digests() const {
    return {content_digest(all.execution->document),
            content_digest(all.artifact->document),
            content_digest(all.report->document),
            content_digest(all.pack->document),
            record(kModel).sha256,
            record(kScoredRows).sha256};
  }

  /// The bundle whose model the run takes instead of training one.
  [[nodiscard]] std::optional<contracts::BundleReference> adopted_bundle() const {
    const auto& lock = all.plan->document.candidate;
    if (!lock) return {};
    return contracts::BundleReference{lock->bundle_id, lock->bundle_version};
  }

  template <class T>
  void require_own(const Statements& statements, const T& document) const {
    statements.require("/run_key", document.run_key, run.run_key);
    statements.require("/platform_run_id", document.platform_run_id, run.platform_run_id);
  }

  void require_refs(const Statements& statements, const EvidenceRefs& refs) const {
    statements.require("/execution_record_ref", refs.execution_record_ref, record(kExecutionRecord).ref);
    statements.require("/train_artifact_ref", refs.train_artifact_ref, record(kTrainArtifact).ref);
    statements.require("/eval_report_ref", refs.eval_report_ref, record(kEvalReport).ref);
    statements.require("/evidence_pack_ref", refs.evidence_pack_ref, record(kEvidencePack).ref);
  }

  void plan() const {
    const auto& plan = all.plan->document;
    const Statements statements(kPlan.changed, all.plan->ref);
    require_own(statements, plan);
    const auto request = contracts::read_recorded_request(state.request);
    statements.require("/request_id", plan.request_id, request.request_id);
    statements.require("/intent_kind", plan.intent_kind, request.intent_kind);
    statements.require("/training_profile/profile_ref", plan.training_profile.profile_ref, request.training_config_ref);
    statements.require("/governance_profile/profile_ref", plan.governance_profile.profile_ref,
                       request.governance_profile_ref);
    statements.require("/input_refs/policy_revision", plan.input_refs.policy_revision, request.policy_revision);
    statements.require("/input_refs/config_revision", plan.input_refs.config_revision, request.config_revision);
    statements.require("/input_refs/mf_code_release_id", plan.input_refs.mf_code_release_id,
                       request.mf_code_release_id);
    statements.require(
        "/input_refs/dataset_manifest_refs",
        contracts::canonical(plan.input_refs).dataset_manifest_refs == contracts::canonical_manifest_refs(request));
    statements.require("/input_fingerprint", plan.input_fingerprint, input_fingerprint_of(plan));
  }

  void execution() const {
    const auto& execution = all.execution->document;
    const auto& plan = all.plan->document;
    const Statements statements(kExecutionRecord.changed, all.execution->ref);
    require_own(statements, execution);
    statements.require("/input_fingerprint", execution.input_fingerprint, plan.input_fingerprint);
    statements.require("/dataset_manifest_digests", execution.dataset_manifest_digests == plan.manifest_digests());
    statements.require("/training_profile_revision", execution.training_profile_revision,
                       plan.training_profile.resolved_revision);
    statements.require("/governance_profile_revision", execution.governance_profile_revision,
                       plan.governance_profile.resolved_revision);
    statements.require(
        "/adopted", (execution.adopted ? std::optional(execution.adopted->bundle) : std::nullopt) == adopted_bundle());
    statements.require(
        "/stage_seed",
        execution.stage_seed == identity::stage_seed(execution.seed_policy.recipe, execution.seed_policy.base_seed,
                                                     run.run_key, plan.manifest_digests()));
  }

  void artifact() const {
    const auto& artifact = all.artifact->document;
    const auto& plan = all.plan->document;
    const auto& execution = all.execution->document;
    const Statements statements(kTrainArtifact.changed, all.artifact->ref);
    require_own(statements, artifact);
    statements.require("/model/ref", artifact.model.ref, record(kModel).ref);
    statements.require("/model/sha256", artifact.model.sha256, record(kModel).sha256);
    if (plan.candidate) statements.require("/model/sha256", artifact.model.sha256, plan.candidate->model_sha256);
    statements.require("/input_fingerprint", artifact.input_fingerprint, plan.input_fingerprint);
    statements.require("/adopted", artifact.adopted == adopted_bundle());
    statements.require("/model_fingerprint", artifact.model_fingerprint,
                       identity::model_fingerprint(run.run_key, plan.manifest_digests(), execution.split_strategy,
                                                   execution.stage_seed, plan.training_profile.profile_digest));
  }

  void certificate() const {
    const auto& certificate = all.certificate->document;
    const Statements statements(kLeakageCertificate.changed, all.certificate->ref);
    const auto pointer = foreign_field(certificate, all.plan->document, all.artifact->document, all.artifact->ref);
    statements.require(pointer.value_or(""), !pointer);
    if (all.execution)
      statements.require("/split_strategy", certificate.split_strategy, all.execution->document.split_strategy);
  }

  void report() const {
    const auto& report = all.report->document;
    const auto& basis = report.metrics.reproducibility_basis;
    const auto& plan = all.plan->document;
    const Statements statements(kEvalReport.changed, all.report->ref);
    statements.require("/eval_report_id", report.eval_report_id, identity::eval_report_id(run.run_key));
    statements.require("/metrics/scored_rows/ref", report.metrics.scored_rows.ref, record(kScoredRows).ref);
    statements.require("/metrics/scored_rows/sha256", report.metrics.scored_rows.sha256, record(kScoredRows).sha256);
    statements.require("/metrics/dataset_summary/dataset_manifest_digests",
                       report.metrics.dataset_summary.dataset_manifest_digests == plan.manifest_digests());
    const std::string at = "/metrics/reproducibility_basis/";
    statements.require(at + "run_key", basis.run_key, run.run_key);
    statements.require(at + "model_sha256", basis.model_sha256, record(kModel).sha256);
    statements.require(at + "input_fingerprint", basis.input_fingerprint, plan.input_fingerprint);
    statements.require(at + "training_profile_digest", basis.training_profile_digest,
                       plan.training_profile.profile_digest);
    statements.require(at + "governance_profile_digest", basis.governance_profile_digest,
                       plan.governance_profile.profile_digest);
  }

  void explanations() const {
    const auto& explanations = all.explanations->document;
    const auto& metrics = all.report->document.metrics;
    const Statements statements(kExplanations.changed, all.explanations->ref);
    const auto pointer = foreign_field(explanations, all.plan->document, metrics.reproducibility_basis.model_sha256,
                                       metrics.scored_rows.sha256);
    statements.require(pointer.value_or(""), !pointer);
    const auto test = metrics.parts.find("test");
    statements.require("/explained/rows_in_part",
                       test != metrics.parts.end() && explanations.explained.rows_in_part == test->second.rows);
  }

  void pack() const {
    const auto& pack = all.pack->document;
    const Statements statements(kEvidencePack.changed, all.pack->ref);
    require_own(statements, pack);
    require_refs(statements, {pack.execution_record_ref, pack.train_artifact_ref, pack.eval_report_ref, all.pack->ref});
    statements.require("/model_ref", pack.model_ref, record(kModel).ref);
    statements.require("/scored_rows_ref", pack.scored_rows_ref, record(kScoredRows).ref);
    statements.require("/input_fingerprint", pack.input_fingerprint, all.plan->document.input_fingerprint);
    statements.require("/manifest_digests", pack.manifest_digests == all.plan->document.manifest_digests());
    statements.require("/evidence_pack_fingerprint", pack.evidence_pack_fingerprint,
                       evidence_fingerprint_of(pack, all.report->document));
    require_together(pack, digests(), run.run_key);
  }

  void receipt() const {
    const auto& receipt = all.receipt->document;
    const Statements statements(kTrainEvalReceipt.changed, all.receipt->ref);
    require_own(statements, receipt);
    require_refs(statements, {receipt.execution_record_ref, receipt.train_artifact_ref, receipt.eval_report_ref,
                              receipt.evidence_pack_ref});
    statements.require("/eval_report_id", receipt.eval_report_id, all.report->document.eval_report_id);
    statements.require("/gate_decision", receipt.gate_decision, all.report->document.gate_decision);
    statements.require("/metrics", receipt.metrics == main_figures(all.report->document));
  }

  void verdict() const {
    const auto& receipt = all.gate_receipt->document;
    const auto& plan = all.plan->document;
    const Statements statements(kGateReceipt.changed, all.gate_receipt->ref);
    require_own(statements, receipt);
    require_refs(statements, receipt.evidence_refs);
    statements.require("/gate_decision", receipt.gate_decision, all.report->document.gate_decision);
    statements.require("/verdict", (verdict_in(receipt) == "PASS") == (receipt.gate_decision == "PASS"));
    statements.require("/eval_report_id", receipt.eval_report_id, all.report->document.eval_report_id);
    statements.require("/input_fingerprint", receipt.input_fingerprint, plan.input_fingerprint);
    statements.require("/policy/profile_digest", receipt.policy.profile_digest, plan.governance_profile.profile_digest);
    require_given_on(receipt, all.eligibility->document, digests(), run.run_key);
  }

  void eligibility() const {
    const auto& eligibility = all.eligibility->document;
    const Statements statements(kPublishEligibility.changed, all.eligibility->ref);
    require_own(statements, eligibility);
    require_refs(statements, eligibility.required_evidence_refs);
    statements.require("/gate_receipt_ref", eligibility.gate_receipt_ref, all.gate_receipt->ref);
    statements.require("/gate_receipt_digest", eligibility.gate_receipt_digest,
                       content_digest(all.gate_receipt->document));
    statements.require("/eligible", eligibility.eligible == (all.gate_receipt->document.gate_decision == "PASS" &&
                                                             !(all.plan && all.plan->document.candidate)));
  }

  void manifest() const {
    const auto& manifest = all.manifest->document;
    const Statements statements(kBundleManifest.changed, all.manifest->ref);
    require_own(statements, manifest);
    statements.require("/bundle_id", manifest.bundle_id, publication::bundle_id_of(manifest));
    statements.require(
        "/bundle_version", manifest.bundle_version,
        identity::bundle_version(manifest.bundle_id, manifest.policy_revision, manifest.config_revision));
    statements.require("/evidence/eval_report_ref", manifest.evidence.eval_report_ref, all.report->ref);
    statements.require("/evidence/eval_report_digest", manifest.evidence.eval_report_digest,
                       content_digest(all.report->document));
    statements.require("/evidence/gate_receipt_ref", manifest.evidence.gate_receipt_ref, all.gate_receipt->ref);
    statements.require("/evidence/gate_receipt_digest", manifest.evidence.gate_receipt_digest,
                       content_digest(all.gate_receipt->document));
    require_lineage(statements, manifest.lineage);
    for (const auto& member : manifest.members)
      if (member.path == layout::kModelFile)
        statements.require("/members/" + member.path, member.sha256, record(kModel).sha256);
  }

  void require_lineage(const Statements& statements, const contracts::BundleManifest::Lineage& lineage) const {
    const auto& plan = all.plan->document;
    statements.require("/lineage/input_fingerprint", lineage.input_fingerprint, plan.input_fingerprint);
    statements.require("/lineage/training_profile/profile_digest", lineage.training_profile.profile_digest,
                       plan.training_profile.profile_digest);
    statements.require("/lineage/governance_profile/profile_digest", lineage.governance_profile.profile_digest,
                       plan.governance_profile.profile_digest);
    std::vector<std::string> digests;
    for (const auto& dataset : lineage.dataset_manifests) digests.push_back(dataset.payload_digest);
    statements.require("/lineage/dataset_manifests", digests == plan.manifest_digests());
    const auto expected = publication::lineage_of(plan);
    statements.require("/lineage/supersedes", lineage.supersedes == expected.supersedes);
    statements.require("/lineage/baseline", lineage.baseline == expected.baseline);
  }

  void submission() const {
    const auto& submission = all.submission->document;
    const auto said = publication::submission_of(all.manifest->document, all.gate_receipt->document);
    const Statements statements(kBundleSubmission.changed, all.submission->ref);
    statements.require("/bundle_id", submission.bundle_id, said.bundle_id);
    statements.require("/bundle_version", submission.bundle_version, said.bundle_version);
    statements.require("/idempotency_key", submission.idempotency_key, said.idempotency_key);
    statements.require("/run_key", submission.run_key, said.run_key);
    statements.require("/gate", submission.gate == said.gate);
  }

  void publication() const {
    const auto& publication = all.publication->document;
    const auto& manifest = all.manifest->document;
    const Statements statements(kBundlePublication.changed, all.publication->ref);
    statements.require("/bundle_id", publication.bundle_id, manifest.bundle_id);
    statements.require("/bundle_version", publication.bundle_version, manifest.bundle_version);
    statements.require("/eval_report_ref", publication.eval_report_ref, manifest.evidence.eval_report_ref);
  }

  void failure(const Found<contracts::PublishFailureReceipt>& failure) const {
    const auto& manifest = all.manifest->document;
    const Statements statements(kPublishFailure.changed, failure.ref);
    require_own(statements, failure.document);
    statements.require("/bundle_id", failure.document.bundle_id, manifest.bundle_id);
    statements.require("/bundle_version", failure.document.bundle_version, manifest.bundle_version);
  }

  void handshake() const {
    const auto& handshake = all.handshake->document;
    const auto& manifest = all.manifest->document;
    const Statements statements(kPublishReceipt.changed, all.handshake->ref);
    require_own(statements, handshake);
    statements.require("/bundle_id", handshake.bundle_id, manifest.bundle_id);
    statements.require("/bundle_version", handshake.bundle_version, manifest.bundle_version);
    statements.require("/bundle_publication_ref", handshake.bundle_publication_ref,
                       layout::bundle_member(run, layout::kBundlePublicationFile));
    statements.require(
        "/registry_bundle_ref", handshake.registry_bundle_ref,
        layout::registry::bundle_member(manifest.bundle_id, manifest.bundle_version, layout::kBundlePublicationFile));
    statements.require("/registry_lifecycle_event_ref", handshake.registry_lifecycle_event_ref,
                       layout::registry::published_event(manifest.bundle_id, manifest.bundle_version));
  }
};

}  // namespace

void check_agreement(Verification& verification, const RunDocuments& all, const ledger::RunState& state,
                     const layout::RunPlace& run) {
  const Agreement agreement{all, state, run};
  const auto hold = [&](const auto& document, bool has_what_it_names, void (Agreement::*look)() const,
                        const char* name) {
    if (document && has_what_it_names)
      verification.check(std::string("what ") + name + " says of others", document->ref, [&] { (agreement.*look)(); });
  };
  const bool evidence = agreement.has_evidence();
  hold(all.plan, true, &Agreement::plan, kPlan.name);
  hold(all.execution, all.plan.has_value(), &Agreement::execution, kExecutionRecord.name);
  hold(all.artifact, all.plan && all.execution, &Agreement::artifact, kTrainArtifact.name);
  hold(all.certificate, all.plan && all.artifact, &Agreement::certificate, kLeakageCertificate.name);
  hold(all.report, all.plan.has_value(), &Agreement::report, kEvalReport.name);
  hold(all.explanations, all.plan && all.report, &Agreement::explanations, kExplanations.name);
  hold(all.pack, evidence, &Agreement::pack, kEvidencePack.name);
  hold(all.receipt, all.report.has_value(), &Agreement::receipt, kTrainEvalReceipt.name);
  hold(all.gate_receipt, evidence && all.eligibility, &Agreement::verdict, kGateReceipt.name);
  hold(all.eligibility, all.gate_receipt.has_value(), &Agreement::eligibility, kPublishEligibility.name);
  hold(all.manifest, evidence && all.gate_receipt, &Agreement::manifest, kBundleManifest.name);
  hold(all.submission, all.manifest && all.gate_receipt, &Agreement::submission, kBundleSubmission.name);
  hold(all.publication, all.manifest.has_value(), &Agreement::publication, kBundlePublication.name);
  for (const auto& failure : all.failures)
    if (all.manifest)
      verification.check("what publish_failure says of others", failure.ref, [&] { agreement.failure(failure); });
  hold(all.handshake, all.manifest.has_value(), &Agreement::handshake, kPublishReceipt.name);
}

}  // namespace mf::factory
