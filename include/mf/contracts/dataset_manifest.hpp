#pragma once
// learning.dataset_manifest.v0 and .v1: what a dataset is.
//
// Room: contracts.  Written by the offline feature plane (or `mf pin`), read by MF.
// docs/formats/dataset_manifest.v1.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mf::contracts {

/// A named, versioned set of features.
struct FeatureDefinitionSet {
  std::string feature_set_id;
  std::string feature_set_version;
  bool operator==(const FeatureDefinitionSet&) const = default;
};

/// The span of one topic partition that the dataset was replayed from. Offsets are opaque texts.
struct ReplayBasis {
  std::string topic;
  std::int64_t partition = 0;
  std::string offset_kind, start_offset, end_offset;
};

/// What was known of the labels, and when.
struct LabelBasis {
  std::string label_asof_utc;                 ///< RFC 3339: labels observed later are not in the dataset
  std::string resolution_rule;                ///< such as observed_time<=label_asof_utc
  std::optional<std::int64_t> maturity_days;  ///< how old an event must be before "no fraud seen" means "no fraud"
};

struct DatasetManifest {
  struct Provenance {
    std::string ofs_code_release_id, config_revision;
    std::optional<std::string> run_config_digest;
  };
  struct JoinScope {
    std::vector<std::string> subject_key;
  };
  struct Sampling {
    std::string rule;                 ///< none when every row is there
    std::optional<double> rate = {};  ///< share of the rows that was kept
    std::optional<std::int64_t> seed = {};
  };
  struct LabelCoverage {
    std::int64_t rows = 0, labelled = 0, positive = 0;
  };

  std::string schema_version;
  std::string dataset_manifest_id;
  std::string dataset_fingerprint;
  std::string platform_run_id;
  std::optional<std::vector<std::string>> scenario_run_ids;
  std::optional<std::string> materialization_ref;  ///< v1 only: where the labelled rows are, pinned by digest
  std::vector<ReplayBasis> replay_basis;
  LabelBasis label_basis;
  FeatureDefinitionSet feature_definition_set;
  std::optional<JoinScope> join_scope;  ///< v1 only, as the next three
  std::optional<Sampling> sampling;
  std::optional<std::string> dataset_role;  ///< train or evaluation
  std::optional<LabelCoverage> label_coverage;
  Provenance provenance;
};

}  // namespace mf::contracts
