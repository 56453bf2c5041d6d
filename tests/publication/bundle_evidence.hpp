#pragma once
// Evidence of a small run, complete enough to be bundled.

#include <string>

#include "mf/identity/digest.hpp"
#include "mf/publication/bundle.hpp"

namespace mf::testing {

/// Owns what a BundleEvidence refers to; change a member, then assemble.
struct EvidenceOfARun {
  contracts::ResolvedTrainPlan plan;
  contracts::TrainArtifact train_artifact;
  std::string model = "model bytes";
  contracts::EvalReport eval_report;
  contracts::GateReceipt gate_receipt;
  std::optional<std::map<std::string, std::vector<std::string>>> categories;
  std::optional<contracts::ScoringContract::ReasonCodes> reason_codes;

  EvidenceOfARun() {
    fill_plan();
    fill_artifact();
    fill_report();
    fill_receipt();
  }

  [[nodiscard]] publication::Bundle assembled() const {
    return publication::assemble({plan,
                                  digest('k'),
                                  train_artifact,
                                  model,
                                  {"float64", "float32"},
                                  eval_report,
                                  place("eval.json"),
                                  gate_receipt,
                                  place("gate.json"),
                                  "estimated probability of fraud, float32 in [0,1]",
                                  categories,
                                  reason_codes});
  }

  /// The same bundle, as somebody submits it.
  [[nodiscard]] publication::Bundle submitted() const {
    auto bundle = assembled();
    auto submission = publication::submission_of(bundle.manifest, gate_receipt);
    submission.request_id = plan.request_id;
    submission.requester_principal = "HUMAN::asker";
    submission.request_ids = {plan.request_id};
    submission.submitter = {"SYSTEM::model_factory", "SYSTEM"};
    submission.submitted_at_utc = kTime;
    submission.environment = "dev";
    submission.service_release_id = "git:mf";
    submission.run_config_digest = digest('0');
    bundle.submission = submission;
    return bundle;
  }

  static std::string digest(char digit) { return std::string(64, digit == 'k' ? 'a' : digit); }
  static std::string place(const std::string& name) { return "platform_x/mf/train_runs/tr_x/" + name; }

 private:
  static inline const std::string kRun = "tr_16a2ad9c3ad29e2e989ece1cb3c61936";
  static inline const std::string kTime = "2026-02-10T00:00:00Z";

  static contracts::ResolvedTrainPlan::Manifest manifest(const std::string& id) {
    contracts::ResolvedTrainPlan::Manifest lock;
    lock.manifest_ref = "m/" + id + ".json";
    lock.schema_version = "learning.dataset_manifest.v1";
    lock.dataset_manifest_id = id;
    lock.dataset_fingerprint = digest('1');
    lock.platform_run_id = "platform_x";
    lock.feature_definition_set = {"core_features", "v1"};
    lock.payload_digest = digest('2');
    lock.label_asof_utc = kTime;
    lock.ofs_code_release_id = "git:ofs";
    lock.materialization = {"d/" + id + ".json", digest('3'), 12, {{"d/" + id + ".csv", digest('4'), 100, 12}}};
    return lock;
  }

  void fill_plan() {
    plan.run_key = kRun;
    plan.request_id = "request-1";
    plan.intent_kind = "baseline_train";
    plan.platform_run_id = "platform_x";
    plan.dataset_manifests = {manifest("dm_b"), manifest("dm_a")};
    plan.training_profile = {"t.yaml",   "tp", "r1", "tp@r1", {"core_features", "v1"}, "learning.dataset_manifest.v1",
                             digest('5')};
    plan.governance_profile = {"g.yaml", "gp", "r1", "gp@r1", digest('6')};
    plan.input_refs = {
        {"m/dm_b.json", "m/dm_a.json"}, "t.yaml", "g.yaml", {"dev", "fraud", "primary", {}}, "p1", "c1", "git:mf"};
    plan.input_fingerprint = digest('7');
  }

  void fill_artifact() {
    train_artifact.run_key = kRun;
    train_artifact.platform_run_id = "platform_x";
    train_artifact.algorithm_id = "xgboost.gbtree";
    train_artifact.model_fingerprint = digest('8');
    train_artifact.input_refs = contracts::canonical(plan.input_refs);
    train_artifact.input_fingerprint = plan.input_fingerprint;
    train_artifact.model = {place("model.ubj"), identity::sha256_hex(model), static_cast<std::int64_t>(model.size())};
    train_artifact.feature_names = {"amount", "f0"};
  }

  static contracts::PartFigures figures() {
    contracts::PartFigures part;
    part.rows = 4;
    part.positives = 2;
    part.figures = {{"auc_roc", 0.5}, {"precision_at_2", 0.5}};
    part.alert_rates = {{0.25, 1, 0.75}};
    part.calibration = {{0.0, 1.0, 4, 0.5, 0.5}};
    return part;
  }

  void fill_report() {
    eval_report.eval_report_id = "er_c35166ad32d9b5c1";
    eval_report.dataset_manifest_ref = "m/dm_a.json";
    eval_report.gate_decision = "PASS";
    auto& metrics = eval_report.metrics;
    metrics.scores = {{"auc_roc", 0.5}, {"precision_at_50", 0.5}, {"log_loss", 0.5}};
    for (const char* part : {"train", "validation", "test"}) metrics.parts[part] = figures();
    metrics.thresholds = {{"ranking", 0.4}};
    metrics.dataset_summary = {2, {"m/dm_a.json", "m/dm_b.json"}, {"dm_a", "dm_b"}, {digest('2'), digest('2')}};
    metrics.split_strategy = "time_based";
    metrics.seed_policy = {"mf.phase4.seed.v0", 31};
    metrics.label_asof_utc = {kTime};
    metrics.reproducibility_basis = {kRun,
                                     digest('5'),
                                     digest('6'),
                                     digest('7'),
                                     identity::sha256_hex(model),
                                     contracts::canonical(plan.input_refs)};
    metrics.scored_rows = {place("scored.csv"), digest('9'), 100};
    eval_report.provenance = {"git:mf", "c1", {}};
  }

  void fill_receipt() {
    gate_receipt.run_key = kRun;
    gate_receipt.request_id = "request-1";
    gate_receipt.platform_run_id = "platform_x";
    gate_receipt.evaluated_at_utc = kTime;
    gate_receipt.gate_decision = "PASS";
    gate_receipt.eval_report_id = eval_report.eval_report_id;
    gate_receipt.eval_report_ref = place("eval.json");
    gate_receipt.evidence_refs = {place("x.json"), place("a.json"), place("eval.json"), place("pack.json")};
    gate_receipt.evidence_digests = {digest('1'), digest('2'), digest('3'), digest('4'), digest('5'), digest('6')};
    gate_receipt.gate_thresholds = {{"ranking", 0.4}};
    gate_receipt.policy = {"gp", "r1", "g.yaml", digest('6'), "p1"};
    contracts::CriterionResult ranking;
    ranking.id = "ranking";
    ranking.metric = "auc_roc";
    ranking.part = "test";
    ranking.comparison = "at_least";
    ranking.threshold = 0.4;
    ranking.observed = 0.5;
    ranking.outcome = "PASS";
    ranking.severity = "block";
    gate_receipt.criteria = {ranking};
    gate_receipt.input_fingerprint = digest('7');
  }
};

}  // namespace mf::testing
