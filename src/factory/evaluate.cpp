#include "factory/adoption.hpp"
#include "factory/baseline_scores.hpp"
#include "factory/certificate.hpp"
#include "factory/dataset_of_plan.hpp"
#include "factory/explanations.hpp"
#include "factory/profile_check.hpp"
#include "factory/reason_codes.hpp"
#include "factory/records.hpp"
#include "factory/report.hpp"
#include "factory/stage.hpp"
#include "mf/dataset/spilled_batches.hpp"
#include "mf/engine/booster.hpp"
#include "mf/factory/stories.hpp"

namespace mf::factory {
namespace {

using contracts::ArtifactRef;
using contracts::EvalReport;

/// The scores of the evaluated parts, from the model file.
std::vector<std::vector<float>> scores_of(const Stage& stage, const std::string& model,
                                          const contracts::TrainArtifact& artifact, const PreparedDataset& dataset) {
  const engine::Scorer scorer(model, artifact.feature_names, stage.workshop.threads);
  std::vector<std::vector<float>> scores;
  for (std::size_t i = 0; i < dataset::kEvaluatedParts.size(); ++i) {
    stage.stop_if_asked();
    stage.workshop.journal.progress("scoring", i, dataset::kEvaluatedParts.size(),
                                    std::string(name_of(dataset::kEvaluatedParts[i])));
    dataset::SpilledBatches rows(dataset.rows, dataset.split, dataset::kEvaluatedParts[i], &dataset.categories);
    scores.push_back(scorer.score(rows));
  }
  return scores;
}

/// Keeps the scored rows under their own digest.
ArtifactRef keep_scored_rows(const Stage& stage, const dataset::WrittenScoredRows& scored) {
  const std::string key = store::layout::scored_rows(stage.run, scored.sha256);
  keep_bytes(stage.store(), key, scored.text, kScoredRows);
  return {key, scored.sha256, static_cast<std::int64_t>(scored.text.size())};
}

Result told(const Desk& desk, const ledger::RunState& state, const EvalReport& report, bool explained) {
  auto result = result_of(state, desk.run, "EVALUATED");
  result.refs = {{"eval_report_ref", store::layout::eval_report(desk.run, report.eval_report_id)},
                 {"scored_rows_ref", report.metrics.scored_rows.ref},
                 {"evidence_pack_ref", store::layout::evidence_pack(desk.run)},
                 {"train_eval_receipt_ref", store::layout::train_eval_receipt(desk.run)}};
  if (explained) result.refs["explanations_ref"] = store::layout::explanations(desk.run);
  for (const auto& [name, value] : main_figures(report)) result.figures.emplace_back(name, value);
  result.figures.emplace_back("gate_decision", report.gate_decision);
  const auto& test = report.metrics.parts.at("test");
  result.lines.push_back("evaluated on " + std::to_string(test.rows) + " test rows, " + std::to_string(test.positives) +
                         " of them fraud");
  result.next = "mf gate --run " + desk.run.run_key;
  return result;
}

std::optional<Result> recall_evaluation(const Desk& desk, const ledger::RunState& state) {
  const std::string& run = desk.run.run_key;
  static_cast<void>(require_recorded(state, kModel, run));
  if (state.find(kEvalReport.name) == nullptr) return {};
  for (const auto& kind : {kScoredRows, kEvidencePack, kTrainEvalReceipt})
    require_unchanged(desk.store(), state, kind, run);
  const bool explained = state.find(kExplanations.name) != nullptr;
  if (explained) require_unchanged(desk.store(), state, kExplanations, run);
  return told(desk, state, recorded<EvalReport>(desk.store(), state, kEvalReport, run), explained);
}

/// What is evaluated, and by what.
struct Evaluated {
  std::string model;
  contracts::TrainArtifact artifact;
  contracts::ExecutionRecord execution;
  contracts::ResolvedTrainPlan plan;
  contracts::TrainingProfile profile;
  contracts::GovernanceProfile policy;
};

Evaluated read_evaluated(const Stage& stage, const ledger::RunState& state) {
  const auto& store = stage.store();
  const std::string& run = stage.run.run_key;
  auto plan = recorded<contracts::ResolvedTrainPlan>(store, state, kPlan, run);
  auto artifact = recorded<contracts::TrainArtifact>(store, state, kTrainArtifact, run);
  require_certificate(store, state, plan, artifact);
  return {recorded_model(store, state, run),
          std::move(artifact),
          recorded<contracts::ExecutionRecord>(store, state, kExecutionRecord, run),
          plan,
          locked_training_profile(store, plan),
          locked_governance_profile(store, plan)};
}

dataset::WrittenScoredRows score_rows(const Stage& stage, const Evaluated& what, const PreparedDataset& dataset) {
  const dataset::Scores scores{scores_of(stage, what.model, what.artifact, dataset),
                               baseline_scores(stage, what.plan, dataset),
                               reason_codes_of(stage, what.model, what.artifact.feature_names, dataset, what.profile)};
  return dataset::write_scored_rows(dataset.rows, dataset.split, scores, stage.workshop.scratch_folder);
}

/// Keeps report, evidence pack and receipt, and adds them to what the log will vouch for.
EvalReport keep_documents(const Stage& stage, const ledger::RunState& state, const ReportBasis& basis,
                          ledger::Detail& detail) {
  const std::string& run = stage.run.run_key;
  const auto& artifact_ref = require_recorded(state, kTrainArtifact, run).ref;
  const auto& execution_ref = require_recorded(state, kExecutionRecord, run).ref;
  auto report = report_of(basis);
  report.provenance.run_config_digest = stage.workshop.run_config_digest;
  const auto kept_report =
      keep(stage.store(), store::layout::eval_report(stage.run, report.eval_report_id), report, kEvalReport);
  const auto pack = evidence_of(basis, report, kept_report.ref, artifact_ref, execution_ref);
  const auto kept_pack = keep(stage.store(), store::layout::evidence_pack(stage.run), pack, kEvidencePack);
  auto receipt = receipt_of(basis, report, {execution_ref, artifact_ref, kept_report.ref, kept_pack.ref});
  receipt.run_config_digest = stage.workshop.run_config_digest;
  const auto kept_receipt =
      keep(stage.store(), store::layout::train_eval_receipt(stage.run), receipt, kTrainEvalReceipt);
  vouch(detail, kEvalReport, kept_report.ref, kept_report.sha256);
  vouch(detail, kEvidencePack, kept_pack.ref, kept_pack.sha256);
  vouch(detail, kTrainEvalReceipt, kept_receipt.ref, kept_receipt.sha256);
  return report;
}

/// Read model file and rows, score and compute, keep rows and documents, record them.
Result evaluate_model(const Stage& stage, const ledger::RunState& state) {
  const auto what = read_evaluated(stage, state);
  stage.begin("EVAL");
  const auto dataset = prepare_dataset(stage, what.plan, what.profile);
  const auto scored = score_rows(stage, what, *dataset);
  const auto scored_rows = keep_scored_rows(stage, scored);
  const auto explanations = keep_explanations(
      stage, {what.plan, what.model, what.artifact.feature_names, *dataset, scored_rows.sha256}, what.profile);
  // The report is computed from the rows as they were written, as the gate will compute it.
  const auto evaluation =
      evaluate_rows(dataset::read_scored_rows(*store::source_of(scored.text), scored.sha256, scored_rows.ref),
                    {what.profile, what.policy, what.plan, what.execution.stage_seed,
                     chosen_before(what.execution, what.profile), stage.workshop.threads});

  ledger::Detail detail;
  vouch(detail, kScoredRows, scored_rows.ref, scored_rows.sha256);
  if (explanations) vouch(detail, kExplanations, explanations->ref, explanations->sha256);
  const auto report = keep_documents(
      stage, state, {what.plan, what.artifact, what.execution, what.policy, evaluation, scored_rows}, detail);
  stage.claim.append(ledger::Event::eval_ready, detail);
  return told(stage, state, report, explanations.has_value());
}

}  // namespace

Result evaluate(Workshop& workshop, const store::layout::RunPlace& run) {
  return staged(workshop, run, {"evaluate", "EVAL", recall_evaluation, evaluate_model});
}

}  // namespace mf::factory
