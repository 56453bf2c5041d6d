#include "mf/contracts/eval_report.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, FigureInterval& interval) {
  visit.nullable("lower", interval.lower);
  visit.nullable("upper", interval.upper);
  visit("finite", interval.finite);
  visit("reason", interval.reason);
}

template <class V>
void describe_named(V& visit, NamedFigures& figures) {
  visit("rows", figures.rows);
  visit("positives", figures.positives);
  visit("figures", figures.figures);
  visit("undefined", figures.undefined);
}

template <class V>
void describe(V& visit, PeriodFigures& period) {
  visit("from", period.from);
  describe_named(visit, period);
}

template <class V>
void describe(V& visit, PartFigures::AlertRate& alert_rate) {
  visit("rate", alert_rate.rate);
  visit("alerts", alert_rate.alerts);
  visit.nullable("threshold", alert_rate.threshold);
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
void describe(V& visit, PartFigures::Confusion& confusion) {
  visit("true_positives", confusion.true_positives);
  visit("false_positives", confusion.false_positives);
  visit("false_negatives", confusion.false_negatives);
  visit("true_negatives", confusion.true_negatives);
}

template <class V>
void describe(V& visit, PartFigures& part) {
  describe_named(visit, part);
  visit("intervals", part.intervals);
  visit("alert_rates", part.alert_rates);
  visit("confusion", part.confusion);
  visit("calibration", part.calibration);
  visit("curves", part.curves);
  visit("days", part.days);
  visit("weeks", part.weeks);
}

template <class V>
void describe(V& visit, SliceFigures& slice) {
  visit("part", slice.part);
  visit("column", slice.column);
  visit("value", slice.value);
  describe_named(visit, slice);
  visit("withheld", slice.withheld);
  visit("intervals", slice.intervals);
}

template <class V>
void describe(V& visit, BaselineComparison::Figure& figure) {
  visit.nullable("candidate", figure.candidate);
  visit.nullable("baseline", figure.baseline);
  visit.nullable("difference", figure.difference);
  visit("interval", figure.interval);
}

template <class V>
void describe(V& visit, BaselineComparison& comparison) {
  visit("part", comparison.part);
  visit("column", comparison.column);
  visit("value", comparison.value);
  visit("rows", comparison.rows);
  visit("positives", comparison.positives);
  visit("figures", comparison.figures);
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
void describe(V& visit, EvalReport::OperatingPoint& point) {
  visit("rule", point.rule);
  visit("value", point.value);
  visit.nullable("threshold", point.threshold);
  visit("chosen_on", point.chosen_on);
  visit("reason", point.reason);
}

template <class V>
void describe(V& visit, EvalReport::Bootstrap& bootstrap) {
  visit("method", bootstrap.method);
  visit("cluster_by", bootstrap.cluster_by);
  visit("resamples", bootstrap.resamples);
  visit("seed", bootstrap.seed);
  visit("level", bootstrap.level);
  visit("clusters", bootstrap.clusters);
}

template <class V>
void describe(V& visit, EvalReport::Metrics& metrics) {
  visit("metrics_schema_version", metrics.metrics_schema_version);
  visit("scores", metrics.scores);
  visit("parts", metrics.parts);
  visit("slices", metrics.slices);
  visit("operating_point", metrics.operating_point);
  visit("bootstrap", metrics.bootstrap);
  visit("baseline", metrics.baseline);
  visit("comparisons", metrics.comparisons);
  visit("thresholds", metrics.thresholds);
  visit("dataset_summary", metrics.dataset_summary);
  visit("split_strategy", metrics.split_strategy);
  visit("seed_policy", metrics.seed_policy);
  visit("stage_seed", metrics.stage_seed);
  visit("label_asof_utc", metrics.label_asof_utc);
  visit("reproducibility_basis", metrics.reproducibility_basis);
  visit("scored_rows", metrics.scored_rows);
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
