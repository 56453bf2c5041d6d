#include "factory/certificate.hpp"

#include <utility>

#include "factory/records.hpp"
#include "mf/contracts/document.hpp"

namespace mf::factory {
namespace {

using contracts::LeakageCertificate;

std::int64_t as_count(std::size_t count) { return static_cast<std::int64_t>(count); }

std::optional<std::int64_t> as_count(const std::optional<std::size_t>& count) {
  if (!count) return {};
  return as_count(*count);
}

LeakageCertificate::Demands demands_of(const contracts::TrainingProfile::Leakage& leakage,
                                       const dataset::Split& split) {
  return {leakage.suspect_single_feature_auc, leakage.forbid_entity_overlap.value_or(false) || split.entity_cuts,
          leakage.forbid_duplicate_rows.value_or(false), leakage.suspect_id_like_correlation};
}

void add_guards(const std::vector<dataset::GuardFinding>& findings, LeakageCertificate& certificate) {
  for (const auto& finding : findings)
    certificate.guards.push_back({finding.guard, finding.demanded, finding.status, as_count(finding.rows_checked),
                                  as_count(finding.rows_offending), finding.sample_keys, finding.note});
}

void add_facts(const PreparedDataset& dataset, LeakageCertificate& certificate) {
  const auto& findings = dataset.findings;
  for (const auto& in_time : findings.parts) {
    const auto& count = dataset.split.counts[static_cast<std::size_t>(in_time.part)];
    if (count.rows == 0) continue;
    certificate.parts.push_back({std::string(name_of(in_time.part)), as_count(count.rows), as_count(count.positives),
                                 to_string(in_time.first), to_string(in_time.last)});
  }
  for (const auto& overlap : findings.overlaps)
    certificate.overlaps.push_back({std::string(name_of(overlap.earlier)), std::string(name_of(overlap.later)),
                                    as_count(overlap.entities), as_count(overlap.entity_rows),
                                    as_count(overlap.duplicate_rows)});
  for (const auto& suspect : findings.feature_suspects)
    certificate.feature_suspects.push_back({suspect.feature, suspect.auc});
  for (const auto& suspect : findings.id_like_suspects)
    certificate.id_like_suspects.push_back(
        {suspect.feature, as_count(suspect.distinct), suspect.time_correlation, suspect.row_correlation});
}

}  // namespace

LeakageCertificate certificate_of(const contracts::ResolvedTrainPlan& plan, const contracts::TrainingProfile& profile,
                                  const PreparedDataset& dataset, const contracts::TrainArtifact& artifact,
                                  const std::string& artifact_ref) {
  LeakageCertificate certificate;
  certificate.run_key = plan.run_key;
  certificate.platform_run_id = plan.platform_run_id;
  certificate.input_fingerprint = plan.input_fingerprint;
  certificate.plan_digest = contracts::content_digest(plan);
  certificate.train_artifact_ref = artifact_ref;
  certificate.train_artifact_digest = contracts::content_digest(artifact);
  certificate.model_sha256 = artifact.model.sha256;
  certificate.split_strategy = profile.split_strategy;
  certificate.demands = demands_of(profile.leakage, dataset.split);
  add_guards(dataset.row_findings, certificate);
  add_guards(dataset.findings.guards, certificate);
  add_facts(dataset, certificate);
  return certificate;
}

std::optional<std::string> foreign_field(const LeakageCertificate& certificate,
                                         const contracts::ResolvedTrainPlan& plan,
                                         const contracts::TrainArtifact& artifact, const std::string& artifact_ref) {
  const std::pair<const char*, bool> fields[] = {
      {"/run_key", certificate.run_key == plan.run_key},
      {"/platform_run_id", certificate.platform_run_id == plan.platform_run_id},
      {"/input_fingerprint", certificate.input_fingerprint == plan.input_fingerprint},
      {"/plan_digest", certificate.plan_digest == contracts::content_digest(plan)},
      {"/train_artifact_ref", certificate.train_artifact_ref == artifact_ref},
      {"/train_artifact_digest", certificate.train_artifact_digest == contracts::content_digest(artifact)},
      {"/model_sha256", certificate.model_sha256 == artifact.model.sha256}};
  for (const auto& [pointer, agrees] : fields)
    if (!agrees) return pointer;
  return {};
}

void require_certificate(const store::ArtifactStore& store, const ledger::RunState& state,
                         const contracts::ResolvedTrainPlan& plan, const contracts::TrainArtifact& artifact) {
  const auto* record = state.find(kLeakageCertificate.name);
  if (record == nullptr) return;
  const auto certificate = recorded<LeakageCertificate>(store, state, kLeakageCertificate, plan.run_key);
  const auto& artifact_ref = require_recorded(state, kTrainArtifact, plan.run_key).ref;
  const auto pointer = foreign_field(certificate, plan, artifact, artifact_ref);
  if (!pointer) return;
  throw Error(kLeakageCertificate.changed, record->ref + ": " + *pointer + " is not of the model of " + plan.run_key,
              {{"run", plan.run_key}, {"ref", record->ref}, {"pointer", *pointer}});
}

}  // namespace mf::factory
