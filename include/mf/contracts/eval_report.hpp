#pragma once
// learning.eval_report.v0: the figures of a model, and the decision they give.
//
// Room: contracts.  v0 is closed except for `metrics`, which holds everything else. docs/formats/eval_report.v0.md.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/training_evidence.hpp"

namespace mf::contracts {

/// The figures of one part. An undefined figure is null, with its reason under `undefined`.
struct PartFigures {
  struct TopK {
    std::int64_t k = 0;
    std::optional<double> precision, recall;
    bool operator==(const TopK&) const = default;
  };
  struct AlertRate {
    double rate = 0;
    std::int64_t alerts = 0;
    std::optional<double> threshold, precision, recall;
    bool operator==(const AlertRate&) const = default;
  };
  struct CalibrationBin {
    double lower = 0, upper = 0;
    std::int64_t rows = 0;
    std::optional<double> mean_score, observed_rate;
    bool operator==(const CalibrationBin&) const = default;
  };

  std::int64_t rows = 0, positives = 0;
  std::optional<double> auc_roc, average_precision, log_loss, brier, expected_calibration_error;
  std::vector<TopK> top_k;
  std::vector<AlertRate> alert_rates;
  std::vector<CalibrationBin> calibration;
  std::map<std::string, std::string> undefined;  ///< figure name -> why it has no value

  bool operator==(const PartFigures&) const = default;
};

struct EvalReport {
  struct DatasetSummary {
    std::int64_t dataset_manifest_count = 0;
    std::vector<std::string> dataset_manifest_refs, dataset_manifest_ids, dataset_manifest_digests;
  };
  struct ReproducibilityBasis {
    std::string run_key, training_profile_digest, governance_profile_digest, input_fingerprint, model_sha256;
    InputRefs input_refs;
  };
  struct Metrics {
    std::string metrics_schema_version = "mf.metrics.v1";
    std::map<std::string, std::optional<double>> scores;  ///< main figures of the test part, under their v0 names
    std::map<std::string, PartFigures> parts;             ///< train, validation, test
    std::map<std::string, double> thresholds;             ///< criterion id -> threshold
    DatasetSummary dataset_summary;
    std::string split_strategy;
    SeedPolicyRecord seed_policy;
    std::int64_t stage_seed = 0;
    std::vector<std::string> label_asof_utc;
    ReproducibilityBasis reproducibility_basis;
    ArtifactRef scored_rows;
    std::string uncertainty;  ///< what is said of confidence intervals
  };
  struct Provenance {
    std::string mf_code_release_id, config_revision;
    std::optional<std::string> run_config_digest;
  };

  std::string schema_version = "learning.eval_report.v0";
  std::string eval_report_id, dataset_manifest_ref, gate_decision;
  Metrics metrics;
  Provenance provenance;
};

}  // namespace mf::contracts
