#include "factory/report.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "mf/contracts/document.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/metrics/catalogue.hpp"

namespace mf::factory {
namespace {

using contracts::EvalReport;
using nlohmann::json;

/// The main figures of the test part, in the words of v0.
const std::vector<std::string> kMainFigures = {"auc_roc", "average_precision", "log_loss", "brier",
                                               "expected_calibration_error"};

std::map<std::string, std::optional<double>> scores_of(const contracts::PartFigures& test) {
  std::map<std::string, std::optional<double>> scores;
  for (const auto& name : kMainFigures) scores[name] = test.figures.at(name);
  for (const auto& [name, value] : test.figures)
    if (const auto metric = metrics::parse_metric(name); metric && metric->base == "precision_at") scores[name] = value;
  return scores;
}

EvalReport::DatasetSummary summary_of(const contracts::ResolvedTrainPlan& plan) {
  EvalReport::DatasetSummary summary;
  for (const auto& manifest : plan.canonical_manifests()) {
    summary.dataset_manifest_refs.push_back(manifest.manifest_ref);
    summary.dataset_manifest_ids.push_back(manifest.dataset_manifest_id);
    summary.dataset_manifest_digests.push_back(manifest.payload_digest);
  }
  summary.dataset_manifest_count = static_cast<std::int64_t>(plan.dataset_manifests.size());
  return summary;
}

EvalReport::Metrics metrics_of(const ReportBasis& basis) {
  EvalReport::Metrics metrics;
  metrics.parts = basis.evaluation.parts;
  metrics.slices = basis.evaluation.slices;
  metrics.operating_point = basis.evaluation.operating_point;
  metrics.bootstrap = basis.evaluation.bootstrap;
  metrics.baseline = basis.policy.baseline;
  metrics.comparisons = basis.evaluation.comparisons;
  metrics.scores = scores_of(metrics.parts.at("test"));
  metrics.thresholds = gate::thresholds_of(basis.policy);
  metrics.dataset_summary = summary_of(basis.plan);
  metrics.split_strategy = basis.execution.split_strategy;
  metrics.seed_policy = basis.execution.seed_policy;
  metrics.stage_seed = basis.execution.stage_seed;
  for (const auto& manifest : basis.plan.canonical_manifests())
    metrics.label_asof_utc.push_back(manifest.label_asof_utc);
  metrics.reproducibility_basis = {basis.plan.run_key,
                                   basis.plan.training_profile.profile_digest,
                                   basis.plan.governance_profile.profile_digest,
                                   basis.plan.input_fingerprint,
                                   basis.artifact.model.sha256,
                                   contracts::canonical(basis.plan.input_refs)};
  metrics.scored_rows = basis.scored_rows;
  return metrics;
}

}  // namespace

EvalReport report_of(const ReportBasis& basis) {
  EvalReport report;
  report.eval_report_id = identity::eval_report_id(basis.plan.run_key);
  report.dataset_manifest_ref = basis.plan.canonical_manifests().front().manifest_ref;
  report.gate_decision = gate_decision_of(judge_evaluation(basis.policy, basis.evaluation).decision);
  report.metrics = metrics_of(basis);
  report.provenance = {basis.plan.input_refs.mf_code_release_id, basis.plan.input_refs.config_revision, {}};
  return report;
}

std::map<std::string, double> main_figures(const EvalReport& report) {
  std::map<std::string, double> figures;
  for (const auto& [name, value] : report.metrics.scores)
    if (value) figures[name] = *value;
  return figures;
}

std::string evidence_fingerprint_of(const contracts::EvidencePack& pack, const EvalReport& report) {
  return identity::evidence_pack_fingerprint({{"run_key", pack.run_key},
                                              {"execution_record_ref", pack.execution_record_ref},
                                              {"train_artifact_ref", pack.train_artifact_ref},
                                              {"eval_report_ref", pack.eval_report_ref},
                                              {"metrics", main_figures(report)},
                                              {"gate_thresholds", report.metrics.thresholds}});
}

contracts::EvidencePack evidence_of(const ReportBasis& basis, const EvalReport& report, const std::string& report_ref,
                                    const std::string& artifact_ref, const std::string& execution_ref) {
  contracts::EvidencePack pack;
  pack.run_key = basis.plan.run_key;
  pack.platform_run_id = basis.plan.platform_run_id;
  pack.execution_record_ref = execution_ref;
  pack.train_artifact_ref = artifact_ref;
  pack.eval_report_ref = report_ref;
  pack.scored_rows_ref = basis.scored_rows.ref;
  pack.model_ref = basis.artifact.model.ref;
  pack.evidence_pack_fingerprint = evidence_fingerprint_of(pack, report);
  pack.manifest_digests = basis.plan.manifest_digests();
  pack.split_strategy = basis.execution.split_strategy;
  pack.seed_policy = basis.execution.seed_policy;
  pack.stage_seed = basis.execution.stage_seed;
  pack.input_fingerprint = basis.plan.input_fingerprint;
  pack.digests = {contracts::content_digest(basis.execution), contracts::content_digest(basis.artifact),
                  contracts::content_digest(report), basis.artifact.model.sha256, basis.scored_rows.sha256};
  return pack;
}

contracts::TrainEvalReceipt receipt_of(const ReportBasis& basis, const EvalReport& report,
                                       const contracts::EvidenceRefs& refs) {
  contracts::TrainEvalReceipt receipt;
  receipt.run_key = basis.plan.run_key;
  receipt.request_id = basis.plan.request_id;
  receipt.platform_run_id = basis.plan.platform_run_id;
  receipt.execution_started_at_utc = basis.execution.execution_started_at_utc;
  receipt.execution_completed_at_utc = basis.execution.execution_completed_at_utc;
  receipt.split_strategy = basis.execution.split_strategy;
  receipt.seed_policy = basis.execution.seed_policy;
  receipt.stage_seed = basis.execution.stage_seed;
  receipt.eval_report_id = report.eval_report_id;
  receipt.gate_decision = report.gate_decision;
  receipt.train_artifact_ref = refs.train_artifact_ref;
  receipt.eval_report_ref = refs.eval_report_ref;
  receipt.execution_record_ref = refs.execution_record_ref;
  receipt.evidence_pack_ref = refs.evidence_pack_ref;
  receipt.metrics = main_figures(report);
  return receipt;
}

}  // namespace mf::factory
