#include "mf/contracts/eval_report.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, PartFigures::TopK& top_k) {
  visit("k", top_k.k);
  visit.nullable("precision", top_k.precision);
  visit.nullable("recall", top_k.recall);
}

template <class V>
void describe(V& visit, PartFigures::AlertRate& alert_rate) {
  visit("rate", alert_rate.rate);
  visit("alerts", alert_rate.alerts);
  visit.nullable("threshold", alert_rate.threshold);
  visit.nullable("precision", alert_rate.precision);
  visit.nullable("recall", alert_rate.recall);
}

template <class V>
void describe(V& visit, PartFigures::CalibrationBin& bin) {
  visit("lower", bin.lower);
  visit("upper", bin.upper);
  visit("rows", bin.rows);
  visit.nullable("mean_score", bin.mean_score);
  visit.nullable("observed_rate", bin.observed_rate);
}

template <class V>
void describe(V& visit, PartFigures& figures) {
  visit("rows", figures.rows);
  visit("positives", figures.positives);
  visit.nullable("auc_roc", figures.auc_roc);
  visit.nullable("average_precision", figures.average_precision);
  visit.nullable("log_loss", figures.log_loss);
  visit.nullable("brier", figures.brier);
  visit.nullable("expected_calibration_error", figures.expected_calibration_error);
  visit("top_k", figures.top_k);
  visit("alert_rates", figures.alert_rates);
  visit("calibration", figures.calibration);
  visit("undefined", figures.undefined);
}

template <class V>
void describe(V& visit, EvalReport::DatasetSummary& dataset_summary) {
  visit("dataset_manifest_count", dataset_summary.dataset_manifest_count);
  visit("dataset_manifest_refs", dataset_summary.dataset_manifest_refs);
  visit("dataset_manifest_ids", dataset_summary.dataset_manifest_ids);
  visit("dataset_manifest_digests", dataset_summary.dataset_manifest_digests);
}

template <class V>
void describe(V& visit, EvalReport::ReproducibilityBasis& reproducibility_basis) {
  visit("run_key", reproducibility_basis.run_key);
  visit("training_profile_digest", reproducibility_basis.training_profile_digest);
  visit("governance_profile_digest", reproducibility_basis.governance_profile_digest);
  visit("input_fingerprint", reproducibility_basis.input_fingerprint);
  visit("model_sha256", reproducibility_basis.model_sha256);
  visit("input_refs", reproducibility_basis.input_refs);
}

template <class V>
void describe(V& visit, EvalReport::Metrics& metrics) {
  visit("metrics_schema_version", metrics.metrics_schema_version);
  visit("scores", metrics.scores);
  visit("parts", metrics.parts);
  visit("thresholds", metrics.thresholds);
  visit("dataset_summary", metrics.dataset_summary);
  visit("split_strategy", metrics.split_strategy);
  visit("seed_policy", metrics.seed_policy);
  visit("stage_seed", metrics.stage_seed);
  visit("label_asof_utc", metrics.label_asof_utc);
  visit("reproducibility_basis", metrics.reproducibility_basis);
  visit("scored_rows", metrics.scored_rows);
  visit("uncertainty", metrics.uncertainty);
}

template <class V>
void describe(V& visit, EvalReport::Provenance& provenance) {
  visit("mf_code_release_id", provenance.mf_code_release_id);
  visit("config_revision", provenance.config_revision);
  visit("run_config_digest", provenance.run_config_digest);
}

template <class V>
void describe(V& visit, EvalReport& report) {
  visit("schema_version", report.schema_version);
  visit("eval_report_id", report.eval_report_id);
  visit("dataset_manifest_ref", report.dataset_manifest_ref);
  visit("gate_decision", report.gate_decision);
  visit("metrics", report.metrics);
  visit("provenance", report.provenance);
}

MF_DOCUMENT(EvalReport)

}  // namespace mf::contracts
