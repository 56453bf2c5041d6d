#pragma once
// learning.eval_report.v0: the figures of a model, and the decision they give.
//
// Room: contracts.  v0 is closed except for `metrics`, which holds everything else. docs/formats/eval_report.v0.md.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/bundle_reference.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::contracts {

/// A 95 % interval of a figure over resamples; without bounds when too few of them gave a number.
struct FigureInterval {
  std::optional<double> lower, upper;
  std::int64_t finite = 0;            ///< resamples that gave a number
  std::optional<std::string> reason;  ///< why there are no bounds
  bool operator==(const FigureInterval&) const = default;
};

/// Figures by the names of docs/metrics.md. An undefined figure is null, with its reason under `undefined`.
struct NamedFigures {
  std::int64_t rows = 0, positives = 0;
  std::map<std::string, std::optional<double>> figures;
  std::map<std::string, std::string> undefined;
  bool operator==(const NamedFigures&) const = default;
};

/// A day or a week of a part.
struct PeriodFigures : NamedFigures {
  std::string from;  ///< its first day, such as 2026-02-10
  bool operator==(const PeriodFigures&) const = default;
};

/// The figures of one part.
struct PartFigures : NamedFigures {
  struct AlertRate {
    double rate = 0;
    std::int64_t alerts = 0;
    std::optional<double> threshold;
    bool operator==(const AlertRate&) const = default;
  };
  struct CalibrationBin {
    double lower = 0, upper = 0;
    std::int64_t rows = 0;
    std::optional<double> mean_score, observed_rate;
    bool operator==(const CalibrationBin&) const = default;
  };
  struct Confusion {
    std::int64_t true_positives = 0, false_positives = 0, false_negatives = 0, true_negatives = 0;
    bool operator==(const Confusion&) const = default;
  };

  std::map<std::string, FigureInterval> intervals;
  std::vector<AlertRate> alert_rates;
  std::optional<Confusion> confusion;  ///< at the operating threshold
  std::vector<CalibrationBin> calibration;
  std::map<std::string, std::map<std::string, std::vector<double>>> curves;  ///< curve -> column -> its points
  std::vector<PeriodFigures> days, weeks;
  bool operator==(const PartFigures&) const = default;
};

/// The figures of the rows of a part that have one value of a column.
struct SliceFigures : NamedFigures {
  std::string part, column, value;
  std::optional<std::string> withheld;  ///< why it has no figures
  std::map<std::string, FigureInterval> intervals;
  bool operator==(const SliceFigures&) const = default;
};

/// The model and the baseline on the same rows.
struct BaselineComparison {
  struct Figure {
    std::optional<double> candidate, baseline, difference;  ///< candidate - baseline
    FigureInterval interval;                                ///< of the difference, on the same resamples
    bool operator==(const Figure&) const = default;
  };
  std::string part;
  std::optional<std::string> column, value;  ///< of a slice
  std::int64_t rows = 0, positives = 0;
  std::map<std::string, Figure> figures;
  bool operator==(const BaselineComparison&) const = default;
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
  /// The threshold that alerts.
  struct OperatingPoint {
    std::string rule;
    std::optional<double> value, threshold;
    std::string chosen_on;              ///< validation, or bundle: the one that is evaluated
    std::optional<std::string> reason;  ///< why there is no threshold
  };
  struct Bootstrap {
    std::string method, cluster_by;
    std::int64_t resamples = 0, seed = 0;
    double level = 0;
    std::map<std::string, std::int64_t> clusters;  ///< by part
  };
  struct Metrics {
    std::string metrics_schema_version = "mf.metrics.v2";
    std::map<std::string, std::optional<double>> scores;  ///< main figures of the test part, under their v0 names
    std::map<std::string, PartFigures> parts;             ///< train, validation, test
    std::vector<SliceFigures> slices;                     ///< by part, column and value
    std::optional<OperatingPoint> operating_point;
    std::optional<Bootstrap> bootstrap;  ///< how the intervals came about; absent: there are none
    std::optional<BundleReference> baseline;
    std::vector<BaselineComparison> comparisons;
    std::map<std::string, double> thresholds;  ///< criterion id -> threshold
    DatasetSummary dataset_summary;
    std::string split_strategy;
    SeedPolicyRecord seed_policy;
    std::int64_t stage_seed = 0;
    std::vector<std::string> label_asof_utc;
    ReproducibilityBasis reproducibility_basis;
    ArtifactRef scored_rows;
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
