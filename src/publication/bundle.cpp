#include "mf/publication/bundle.hpp"

#include <algorithm>
#include <set>

#include "mf/contracts/document.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/store/layout.hpp"

namespace mf::publication {
namespace {

namespace layout = store::layout;
using contracts::BundleManifest;
using contracts::ScoringContract;

constexpr const char* kInputContractVersion = "mf.scoring_contract.v1";

ScoringContract scoring_contract(const BundleEvidence& evidence) {
  ScoringContract contract;
  const auto& artifact = evidence.train_artifact;
  for (std::size_t i = 0; i < artifact.feature_names.size(); ++i)
    contract.features.push_back({artifact.feature_names[i], evidence.feature_types.at(i)});
  contract.categories = evidence.categories;
  contract.missing_values = "NaN";
  contract.score = evidence.score;
  contract.alert_rule = "alert when score >= threshold";
  contract.model = {std::string(layout::kModelFile), "xgboost-ubj", artifact.model.sha256, artifact.algorithm_id};
  for (const auto& rate : evidence.eval_report.metrics.parts.at("validation").alert_rates)
    contract.operating_points.push_back({rate.rate, rate.threshold});
  if (const auto& chosen = evidence.eval_report.metrics.operating_point)
    contract.operating_point = {chosen->rule, chosen->value, chosen->threshold};
  contract.reason_codes = evidence.reason_codes;
  return contract;
}

std::vector<BundleFile> members_of(const BundleEvidence& evidence) {
  std::vector<BundleFile> members = {
      {std::string(layout::kModelFile), "model", evidence.model},
      {std::string(layout::kScoringContractFile), "scoring_contract", contracts::write(scoring_contract(evidence))},
      {std::string(layout::kEvalReportFile), "eval_report", contracts::write_content(evidence.eval_report)},
      {std::string(layout::kGateReceiptFile), "gate_receipt", contracts::write_content(evidence.gate_receipt)},
  };
  std::sort(members.begin(), members.end(), [](const BundleFile& a, const BundleFile& b) { return a.path < b.path; });
  return members;
}

contracts::Compatibility compatibility_of(const contracts::ResolvedTrainPlan& plan) {
  const auto& features = plan.training_profile.feature_definition_set;
  return {features.feature_set_id, features.feature_set_version, kInputContractVersion, {"allow_model_primary"}};
}

BundleManifest::Releases releases_of(const contracts::ResolvedTrainPlan& plan) {
  std::set<std::string> ofs;
  for (const auto& manifest : plan.dataset_manifests) ofs.insert(manifest.ofs_code_release_id);
  return {{ofs.begin(), ofs.end()}, plan.input_refs.mf_code_release_id};
}

BundleManifest manifest_of(const BundleEvidence& evidence, const std::vector<BundleFile>& members) {
  const auto& plan = evidence.plan;
  BundleManifest manifest;
  manifest.run_key = plan.run_key;
  manifest.train_run_key = evidence.train_run_key;
  manifest.platform_run_id = plan.platform_run_id;
  manifest.intent_kind = plan.intent_kind;
  manifest.target_scope = plan.input_refs.target_scope;
  manifest.policy_revision = plan.input_refs.policy_revision;
  manifest.config_revision = plan.input_refs.config_revision;
  for (const auto& member : members)
    manifest.members.push_back(
        {member.path, member.role, identity::sha256_hex(member.bytes), static_cast<std::int64_t>(member.bytes.size())});
  manifest.evidence = {evidence.eval_report_ref, contracts::content_digest(evidence.eval_report),
                       evidence.gate_receipt_ref, contracts::content_digest(evidence.gate_receipt)};
  manifest.lineage = lineage_of(plan);
  manifest.compatibility = compatibility_of(plan);
  manifest.releases = releases_of(plan);
  manifest.bundle_id = bundle_id_of(manifest);
  manifest.bundle_version =
      identity::bundle_version(manifest.bundle_id, manifest.policy_revision, manifest.config_revision);
  return manifest;
}

contracts::BundlePublication publication_of(const BundleManifest& manifest) {
  contracts::BundlePublication publication;
  publication.bundle_id = manifest.bundle_id;
  publication.bundle_version = manifest.bundle_version;
  for (const auto& dataset : manifest.lineage.dataset_manifests)
    publication.dataset_manifest_refs.push_back(dataset.manifest_ref);
  publication.eval_report_ref = manifest.evidence.eval_report_ref;
  publication.compatibility = manifest.compatibility;
  publication.provenance = {manifest.releases.mf_code_release_id, manifest.config_revision, {}};
  return publication;
}

}  // namespace

BundleManifest::Lineage lineage_of(const contracts::ResolvedTrainPlan& plan) {
  BundleManifest::Lineage lineage;
  for (const auto& manifest : plan.canonical_manifests())
    lineage.dataset_manifests.push_back({manifest.manifest_ref, manifest.dataset_manifest_id,
                                         manifest.dataset_fingerprint, manifest.payload_digest,
                                         manifest.materialization.sha256});
  const auto& training = plan.training_profile;
  const auto& governance = plan.governance_profile;
  lineage.training_profile = {training.profile_ref, training.resolved_revision, training.profile_digest};
  lineage.governance_profile = {governance.profile_ref, governance.resolved_revision, governance.profile_digest};
  lineage.input_fingerprint = plan.input_fingerprint;
  if (const auto& after = plan.supersedes)
    lineage.supersedes = {after->bundle_id, after->bundle_version, after->reason.value_or("")};
  if (const auto& beside = plan.baseline) lineage.baseline = {beside->bundle_id, beside->bundle_version};
  return lineage;
}

std::vector<BundleFile> Bundle::files() const {
  auto files = members;
  files.push_back({std::string(layout::kBundleManifestFile), "manifest", contracts::write(manifest)});
  if (submission)
    files.push_back({std::string(layout::kBundleSubmissionFile), "submission", contracts::write(*submission)});
  files.push_back({std::string(layout::kBundlePublicationFile), "publication", contracts::write(publication)});
  return files;
}

std::string idempotency_key_of(const BundleManifest& manifest) {
  return manifest.bundle_id + ":" + manifest.bundle_version;
}

contracts::BundleSubmission submission_of(const BundleManifest& manifest, const contracts::GateReceipt& receipt) {
  contracts::BundleSubmission submission;
  submission.bundle_id = manifest.bundle_id;
  submission.bundle_version = manifest.bundle_version;
  submission.idempotency_key = idempotency_key_of(manifest);
  submission.run_key = manifest.run_key;
  submission.intent_kind = manifest.intent_kind;
  submission.target_scope = manifest.target_scope;
  const auto& policy = receipt.policy;
  submission.gate = {receipt.verdict.value_or(receipt.gate_decision), policy.policy_id, policy.revision,
                     policy.profile_digest, policy.policy_revision};
  return submission;
}

Bundle assemble(const BundleEvidence& evidence) {
  if (identity::sha256_hex(evidence.model) != evidence.train_artifact.model.sha256)
    throw Error(Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION, "the model is not the one that the train artifact names",
                {{"expected", evidence.train_artifact.model.sha256}});
  Bundle bundle;
  bundle.members = members_of(evidence);
  bundle.manifest = manifest_of(evidence, bundle.members);
  bundle.publication = publication_of(bundle.manifest);
  return bundle;
}

}  // namespace mf::publication
