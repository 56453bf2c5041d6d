#pragma once
// What training and evaluation leave behind: execution record, train artifact, evidence pack, train/eval receipt.
//
// Room: contracts.  docs/formats/execution_record.v0.md, train_artifact.v0.md, evidence_pack.v0.md,
// train_eval_receipt.v0.md. Fields marked (c) are circumstance: content digests leave them out, and the first written
// document stands.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/bundle_reference.hpp"
#include "mf/contracts/resolved_train_plan.hpp"

namespace mf::contracts {

struct SeedPolicyRecord {
  std::string recipe;
  std::int64_t base_seed = 0;
};

/// Where a model came from that a run evaluates and did not train.
struct Adoption {
  struct OperatingPoint {
    double alert_rate = 0;
    std::optional<double> threshold;
    bool operator==(const OperatingPoint&) const = default;
  };
  struct Chosen {
    std::string rule;
    std::optional<double> value, threshold;
    bool operator==(const Chosen&) const = default;
  };
  BundleReference bundle;
  std::string run_key;  ///< the run that trained it
  std::string score;    ///< what its score means, as its scoring contract says
  // Of its scoring contract: chosen then, never on these rows.
  std::vector<OperatingPoint> operating_points;
  std::optional<Chosen> operating_point;
};

/// How a run was trained: split, seeds, guards, engine.
struct ExecutionRecord {
  struct PartCount {
    std::int64_t rows = 0, positives = 0;
  };
  struct SplitRecord {
    struct EntityHash {
      std::string recipe;
      std::int64_t seed = 0;
      double train_below = 0, validation_below = 0;
    };
    struct Role {
      std::string manifest_ref, dataset_role;
      std::int64_t rows = 0;
    };
    std::optional<std::string> validation_start_utc, test_start_utc;  ///< nothing when rows are not split by time
    std::optional<std::string> mature_until_utc;
    double embargo_hours = 0;
    std::map<std::string, PartCount> parts;  ///< by part name, the rows left out included
    std::optional<EntityHash> entity_hash;
    std::optional<std::vector<Role>> roles;
  };
  struct Sampling {
    std::string rule;
    double rate = 0;
    std::int64_t seed = 0;
    std::string recipe;
    std::int64_t kept = 0, dropped = 0;  ///< negatives of the train part
    double weight = 1;                   ///< of each kept one
  };
  struct SampledBefore {
    std::string manifest_ref, rule;
    double rate = 0;
    std::int64_t seed = 0;
  };
  struct Guard {
    std::string guard, status;
    std::int64_t rows_checked = 0, rows_offending = 0;
    std::vector<std::string> sample_keys;
    std::string note;
  };
  struct Engine {
    std::string algorithm_id;
    std::map<std::string, std::string> parameters;  ///< as the engine got them
    std::int64_t rounds_run = 0, rounds_kept = 0;
    bool stopped_early = false;
    std::optional<double> best_metric;
    std::optional<std::map<std::string, std::vector<std::string>>>
        categories;  ///< by feature, in the order of the codes
  };
  struct Circumstance {
    std::string engine_version, service_release_id, run_config_digest;
    std::int64_t threads = 0;
    std::optional<std::string> program, build, cpu, cpu_features;  ///< none in records from before they were kept
  };

  std::string schema_version = "learning.mf_execution_record.v0";
  std::string run_key, request_id /* (c) */, platform_run_id;
  std::string execution_started_at_utc, execution_completed_at_utc;  // (c)
  std::string split_strategy;
  SeedPolicyRecord seed_policy;
  std::int64_t stage_seed = 0;
  std::string training_profile_revision, governance_profile_revision;
  std::vector<std::string> dataset_manifest_refs, dataset_manifest_digests;
  std::string input_fingerprint;
  SplitRecord split;
  std::optional<Sampling> sampling;
  std::optional<std::vector<SampledBefore>> sampled_before;
  std::vector<Guard> leakage_guards;
  Engine engine;
  std::optional<Adoption> adopted;  ///< the run trained nothing
  Circumstance circumstance;        // (c)
};

/// Bytes kept in the store, by key and digest.
struct ArtifactRef {
  std::string ref, sha256;
  std::int64_t bytes = 0;
};

/// The model of a run.
struct TrainArtifact {
  std::string schema_version = "learning.mf_train_artifact.v0";
  std::string run_key, platform_run_id, algorithm_id;
  std::string model_fingerprint;  ///< what it was made from
  InputRefs input_refs;
  std::string input_fingerprint;
  ArtifactRef model;                       ///< what it is: UBJ bytes
  std::vector<std::string> feature_names;  ///< in the order the model takes them
  std::optional<BundleReference> adopted;  ///< the bundle it is the model of; absent: the run trained it
};

/// Everything a verdict rests on, with digests. Content digests of documents; byte digests of model and scored rows.
struct EvidencePack {
  struct Digests {
    std::string execution_record, train_artifact, eval_report, model, scored_rows;
  };
  std::string schema_version = "learning.mf_training_evidence_pack.v0";
  std::string run_key, platform_run_id;
  std::string execution_record_ref, train_artifact_ref, eval_report_ref, scored_rows_ref, model_ref;
  std::string evidence_pack_fingerprint;
  std::vector<std::string> manifest_digests;
  std::string split_strategy;
  SeedPolicyRecord seed_policy;
  std::int64_t stage_seed = 0;
  std::string input_fingerprint;
  Digests digests;
};

/// The four documents that every later step must find whole.
struct EvidenceRefs {
  std::string execution_record_ref, train_artifact_ref, eval_report_ref, evidence_pack_ref;
};

struct TrainEvalReceipt {
  std::string schema_version = "learning.mf_train_eval_receipt.v0";
  std::string run_key, request_id /* (c) */, platform_run_id;
  std::string execution_started_at_utc, execution_completed_at_utc;  // (c)
  std::string split_strategy;
  SeedPolicyRecord seed_policy;
  std::int64_t stage_seed = 0;
  std::string eval_report_id, gate_decision;
  std::string train_artifact_ref, eval_report_ref, execution_record_ref, evidence_pack_ref;
  std::map<std::string, double> metrics;         ///< the main figures of the test part, by name
  std::optional<std::string> run_config_digest;  // (c)
};

}  // namespace mf::contracts
