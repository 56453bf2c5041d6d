#include <cmath>

#include "factory/adoption.hpp"
#include "factory/certificate.hpp"
#include "factory/dataset_of_plan.hpp"
#include "factory/execution_record.hpp"
#include "factory/profile_check.hpp"
#include "factory/records.hpp"
#include "factory/stage.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "mf/engine/booster.hpp"
#include "mf/engine/memory.hpp"
#include "mf/factory/stories.hpp"
#include "mf/identity/recipes.hpp"

namespace mf::factory {
namespace {

using contracts::ExecutionRecord;
using contracts::ResolvedTrainPlan;
using contracts::TrainArtifact;
using contracts::TrainingProfile;

std::int64_t seed_of(const ResolvedTrainPlan& plan, const TrainingProfile& profile) {
  return identity::stage_seed(profile.seed_policy.recipe, profile.seed_policy.base_seed, plan.run_key,
                              plan.manifest_digests());
}

/// Before anything is started: whoever waits for hours should not hear of it then.
void require_memory_for(const PreparedDataset& dataset, const TrainingProfile& profile) {
  const auto rows_of = [&](dataset::Part part) { return dataset.split.counts.at(static_cast<std::size_t>(part)).rows; };
  const engine::TrainingSize size{rows_of(dataset::Part::train), rows_of(dataset::Part::validation),
                                  dataset.rows.feature_names().size(), dataset.rows.has_missing(),
                                  dataset.categories.counts(dataset.rows.feature_names().size())};
  engine::require_memory("train on " + std::to_string(size.train_rows) + " rows of " + std::to_string(size.features) +
                             " features" + (size.has_missing ? " with missing values" : ""),
                         engine::memory_to_train(size, profile));
}

engine::Fit fit(const Stage& stage, const PreparedDataset& dataset, const TrainingProfile& profile, std::int64_t seed) {
  auto& journal = stage.workshop.journal;
  const auto tell = [&](const engine::Round& round) {
    stage.stop_if_asked();
    const std::string remark =
        round.metric ? *profile.algorithm.early_stopping_metric + " " + std::to_string(*round.metric) : "";
    journal.progress("training", static_cast<std::size_t>(round.number), static_cast<std::size_t>(round.of), remark);
  };
  dataset::SpilledBatches train(dataset.rows, dataset.split, dataset::Part::train, &dataset.categories);
  dataset::SpilledBatches validation(dataset.rows, dataset.split, dataset::Part::validation, &dataset.categories);
  return engine::fit({train, validation}, profile, {seed, stage.workshop.threads}, tell);
}

/// A model, and where it is from when it was not made here.
struct Model {
  engine::Fit fitted;
  std::optional<contracts::Adoption> adopted;
};

Model model_of(const Stage& stage, const ResolvedTrainPlan& plan, const PreparedDataset& dataset,
               const TrainingProfile& profile, std::int64_t seed) {
  if (plan.candidate) {
    const auto bundle = read_locked_bundle([&] { return open_registry(stage.workshop); }, *plan.candidate);
    return {adopted_fit(bundle), adoption_of(bundle)};
  }
  require_memory_for(dataset, profile);
  return {fit(stage, dataset, profile, seed), {}};
}

TrainArtifact artifact_of(const ResolvedTrainPlan& plan, const TrainingProfile& profile, const PreparedDataset& dataset,
                          const Model& model, const store::layout::RunPlace& run, std::int64_t seed) {
  TrainArtifact artifact;
  artifact.run_key = plan.run_key;
  artifact.platform_run_id = plan.platform_run_id;
  artifact.algorithm_id = profile.algorithm_id;
  artifact.model_fingerprint = identity::model_fingerprint(
      plan.run_key, plan.manifest_digests(), profile.split_strategy, seed, plan.training_profile.profile_digest);
  artifact.input_refs = contracts::canonical(plan.input_refs);
  artifact.input_fingerprint = plan.input_fingerprint;
  const std::string& bytes = model.fitted.model;
  const std::string digest = identity::sha256_hex(bytes);
  artifact.model = {store::layout::model(run, digest), digest, static_cast<std::int64_t>(bytes.size())};
  artifact.feature_names = dataset.rows.feature_names();
  if (model.adopted) artifact.adopted = model.adopted->bundle;
  return artifact;
}

/// Moves a queued run to RUNNING; one that is running already is resumed.
void start(const Stage& stage, const ledger::RunState& state) {
  if (state.state == ledger::State::queued)
    stage.claim.append(ledger::Event::run_started, {{"execution_mode", "FULL"}});
  stage.begin("TRAIN");
}

std::string in_words(const ExecutionRecord& record) {
  const auto rows = [&](const char* part) { return std::to_string(record.split.parts.at(part).rows); };
  const std::string rounds = std::to_string(record.engine.rounds_kept);
  if (record.adopted)
    return "trained nothing: the model of bundle " + record.adopted->bundle.bundle_id + ", " + rounds +
           " rounds, is to be evaluated on " + rows("test") + " rows";
  return "trained on " + rows("train") + " rows" +
         (record.split.validation_start_utc ? " before " + *record.split.validation_start_utc : "") + ", " + rounds +
         " rounds kept of " + std::to_string(record.engine.rounds_run);
}

Result told(const Desk& desk, const ledger::RunState& state, const TrainArtifact& artifact,
            const ExecutionRecord& record, const std::string& certificate_ref) {
  auto result = result_of(state, desk.run, record.adopted ? "ADOPTED" : "TRAINED");
  result.refs = {{"train_artifact_ref", store::layout::train_artifact(desk.run)},
                 {"execution_record_ref", store::layout::execution_record(desk.run)},
                 {"model_ref", artifact.model.ref}};
  if (!certificate_ref.empty()) result.refs["leakage_certificate_ref"] = certificate_ref;
  for (const char* part : {"train", "validation", "test"})
    result.figures.emplace_back(std::string(part) + "_rows", record.split.parts.at(part).rows);
  result.figures.emplace_back("rounds_kept", record.engine.rounds_kept);
  result.figures.emplace_back("model_sha256", artifact.model.sha256);
  result.lines.push_back(in_words(record));
  result.next = "mf eval --run " + desk.run.run_key;
  return result;
}

std::optional<Result> recall_training(const Desk& desk, const ledger::RunState& state) {
  const std::string& run = desk.run.run_key;
  const auto plan = recorded<ResolvedTrainPlan>(desk.store(), state, kPlan, run);
  if (state.find(kModel.name) == nullptr) return {};
  require_unchanged(desk.store(), state, kModel, run);
  const auto artifact = recorded<TrainArtifact>(desk.store(), state, kTrainArtifact, run);
  require_certificate(desk.store(), state, plan, artifact);
  const auto* certificate = state.find(kLeakageCertificate.name);
  return told(desk, state, artifact, recorded<ExecutionRecord>(desk.store(), state, kExecutionRecord, run),
              certificate == nullptr ? "" : certificate->ref);
}

/// Read the plan, do the fit or adopt a model, keep model and documents, record them.
Result train_model(const Stage& stage, const ledger::RunState& state) {
  const auto plan = recorded<ResolvedTrainPlan>(stage.store(), state, kPlan, stage.run.run_key);
  const auto profile = locked_training_profile(stage.store(), plan);
  static_cast<void>(locked_governance_profile(stage.store(), plan));
  start(stage, state);
  const std::string started = stage.now();
  const auto dataset = prepare_dataset(stage, plan, profile);
  const std::int64_t seed = seed_of(plan, profile);
  const Model model = model_of(stage, plan, *dataset, profile, seed);

  const auto artifact = artifact_of(plan, profile, *dataset, model, stage.run, seed);
  const auto record = execution_record_of(
      {plan, profile, *dataset, model.fitted, seed, started, stage.now(), stage.workshop, model.adopted});
  keep_bytes(stage.store(), artifact.model.ref, model.fitted.model, kModel);
  const auto kept_artifact = keep(stage.store(), store::layout::train_artifact(stage.run), artifact, kTrainArtifact);
  const auto certificate = certificate_of(plan, profile, *dataset, kept_artifact.document, kept_artifact.ref);
  const auto kept_certificate =
      keep(stage.store(), store::layout::leakage_certificate(stage.run), certificate, kLeakageCertificate);
  const auto kept_record = keep(stage.store(), store::layout::execution_record(stage.run), record, kExecutionRecord);

  ledger::Detail detail;
  vouch(detail, kModel, artifact.model.ref, artifact.model.sha256);
  vouch(detail, kTrainArtifact, kept_artifact.ref, kept_artifact.sha256);
  vouch(detail, kExecutionRecord, kept_record.ref, kept_record.sha256);
  vouch(detail, kLeakageCertificate, kept_certificate.ref, kept_certificate.sha256);
  stage.claim.append(ledger::Event::model_trained, detail);
  return told(stage, state, kept_artifact.document, kept_record.document, kept_certificate.ref);
}

}  // namespace

Result train(Workshop& workshop, const store::layout::RunPlace& run) {
  return staged(workshop, run, {"train", "TRAIN", recall_training, train_model});
}

}  // namespace mf::factory
