#include "mf/factory/admit_bundle.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "factory/told_verdict.hpp"
#include "mf/engine/model_summary.hpp"
#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"
#include "mf/publication/intake.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

namespace fs = std::filesystem;
using publication::FolderEntry;
using publication::Intake;
using Lines = std::vector<std::string>;

/// A link in the folder is an entry, and not what it leads to.
std::vector<FolderEntry> entries_of(const std::string& folder) {
  std::error_code problem;
  const auto refuse_if_any = [&] {
    if (problem) refuse_named_file("read", "the bundle's folder " + folder, problem.value());
  };
  std::vector<FolderEntry> entries;
  fs::directory_iterator entry(folder, problem);
  for (; !problem && entry != fs::directory_iterator(); entry.increment(problem)) {
    const auto status = entry->symlink_status(problem);
    if (problem) break;
    entries.push_back({entry->path().filename().string(), status.type() == fs::file_type::regular});
  }
  refuse_if_any();
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

/// What a store says of itself is here said of a folder that was named on the command line.
template <class Act>
auto looking_into(const std::string& folder, Act act) {
  try {
    return act();
  } catch (const Error& error) {
    const std::string name = "the bundle's folder " + folder + ": " + error.message();
    if (error.code() == Code::STORE_NOT_PERMITTED) refuse_named_file("read", name, EACCES);
    if (error.code() == Code::STORE_UNAVAILABLE) refuse_named_file("read", name, EIO);
    throw;
  }
}

/// Structure first: XGBoost is never shown a model that nobody has looked at, here not even one that somebody has.
void check_model(Intake& intake) {
  if (!intake.model || !intake.scoring) return;
  Lines names;
  for (const auto& feature : intake.scoring->features) names.push_back(feature.name);
  try {
    engine::require_model_of(*intake.model, names);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    intake.find(publication::IntakeReason::ARTIFACT_UNSOUND, std::string(store::layout::kModelFile), error.message());
  }
}

void tell_reasons(const Intake& intake, Result& result) {
  Table table{{"reason", "leads_to", "member", "what"}, {}};
  Lines reasons;
  for (const auto& finding : intake.findings) {
    const auto& row = publication::row_of(finding.reason);
    table.rows.push_back(
        {std::string(row.name), std::string(publication::name_of(row.leads_to)), finding.member, finding.what});
    if (std::ranges::find(reasons, row.name) == reasons.end()) reasons.emplace_back(row.name);
  }
  result.figures.emplace_back("reasons", reasons);
  result.table = std::move(table);
}

void tell_bundle(const contracts::BundleManifest& manifest, Result& result) {
  result.run = manifest.run_key;
  result.figures.insert(result.figures.end(), {{"bundle_id", manifest.bundle_id},
                                               {"bundle_version", manifest.bundle_version},
                                               {"intent", manifest.intent_kind},
                                               {"scope", publication::scope_in_words(manifest.target_scope)}});
  result.lines.push_back("bundle:     " + manifest.bundle_id + " version " + manifest.bundle_version);
  result.lines.push_back("scope:      " + publication::scope_in_words(manifest.target_scope) + ", for a " +
                         manifest.intent_kind);
}

void tell_submission(const contracts::BundleSubmission& submission, Result& result) {
  result.figures.insert(result.figures.end(), {{"asked_by", submission.requester_principal},
                                               {"request", submission.request_id},
                                               {"requests", submission.request_ids},
                                               {"submitted_by", submission.submitter.actor_id},
                                               {"submitted_at", submission.submitted_at_utc},
                                               {"environment", submission.environment},
                                               {"service_release", submission.service_release_id},
                                               {"run_config_digest", submission.run_config_digest},
                                               {"idempotency_key", submission.idempotency_key}});
  const auto others = submission.request_ids.empty() ? 0 : submission.request_ids.size() - 1;
  result.lines.push_back("asked by:   " + submission.requester_principal + ", with request " + submission.request_id +
                         (others == 0 ? "" : " and " + std::to_string(others) + " more"));
  result.lines.push_back("submitted:  by " + submission.submitter.actor_id + " at " + submission.submitted_at_utc +
                         ", environment " + submission.environment + ", release " + submission.service_release_id);
}

void tell_lineage(const contracts::BundleManifest& manifest, Result& result) {
  Lines datasets;
  for (const auto& dataset : manifest.lineage.dataset_manifests)
    datasets.push_back(dataset.dataset_manifest_id + ", fingerprint " + dataset.dataset_fingerprint + ", " +
                       dataset.manifest_ref);
  for (const auto& dataset : datasets) result.lines.push_back("dataset:    " + dataset);
  const auto& training = manifest.lineage.training_profile;
  result.lines.push_back("training:   " + training.resolved_revision + ", digest " + training.profile_digest);
  result.figures.insert(result.figures.end(), {{"datasets", datasets},
                                               {"input_fingerprint", manifest.lineage.input_fingerprint},
                                               {"training_profile", training.resolved_revision},
                                               {"training_profile_digest", training.profile_digest}});
}

void tell_verdict(const contracts::GateReceipt& receipt, Result& result) {
  const auto& policy = receipt.policy;
  const std::string name = policy.policy_id + "@" + policy.revision;
  Lines criteria;
  for (const auto& criterion : receipt.criteria) criteria.push_back(in_words(criterion));
  result.figures.insert(result.figures.end(), {{"policy", name},
                                               {"policy_digest", policy.profile_digest},
                                               {"policy_revision", policy.policy_revision},
                                               {"verdict", verdict_in(receipt)},
                                               {"criteria", criteria}});
  result.lines.push_back("policy:     " + name + ", digest " + policy.profile_digest + ", under " +
                         policy.policy_revision);
  result.lines.push_back("verdict:    " + verdict_in(receipt) + ", by these criteria");
  for (const auto& criterion : criteria) result.lines.push_back("  " + criterion);
}

Result told(const Intake& intake) {
  Result result;
  result.outcome = publication::name_of(intake.admission());
  result.exit_status = intake.admission() == publication::Admission::registered ? 0 : 1;
  tell_reasons(intake, result);
  if (intake.manifest) tell_bundle(*intake.manifest, result);
  if (intake.submission) tell_submission(*intake.submission, result);
  if (intake.manifest) tell_lineage(*intake.manifest, result);
  if (intake.receipt) tell_verdict(*intake.receipt, result);
  return result;
}

}  // namespace

Result admit_bundle(const AdmitChoices& choices) {
  const auto entries = entries_of(choices.folder);
  auto intake = looking_into(choices.folder, [&] {
    return publication::take_in(*store::open_filesystem(choices.folder), entries, {choices.scope, choices.submitters});
  });
  check_model(intake);
  return told(intake);
}

}  // namespace mf::factory
