#pragma once
// mf.leakage_certificate.v1: what the leakage guards found before a model was fitted, bound to that model.
//
// Room: contracts.  docs/formats/leakage_certificate.v1.md.  All of it is content: the same inputs give the same bytes.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mf::contracts {

struct LeakageCertificate {
  /// What the training profile demands of the guards that it may choose.
  struct Demands {
    std::optional<double> suspect_single_feature_auc;
    bool forbid_entity_overlap = false, forbid_duplicate_rows = false;
    std::optional<double> suspect_id_like_correlation;
  };
  struct Guard {
    std::string guard;
    bool demanded = true;  ///< it refuses what offends; else it only counts
    std::string status;
    std::int64_t rows_checked = 0, rows_offending = 0;
    std::vector<std::string> sample_keys;
    std::string note;
  };
  struct PartInTime {
    std::string part;
    std::int64_t rows = 0, positives = 0;
    std::string first_event_utc, last_event_utc;
  };
  /// What a part shares with an earlier one.
  struct Overlap {
    std::string earlier, later;
    std::optional<std::int64_t> entities, entity_rows;  ///< nothing without an entity column
    std::int64_t duplicate_rows = 0;
  };
  struct FeatureSuspect {
    std::string feature;
    double auc = 0;
  };
  struct IdLikeSuspect {
    std::string feature;
    std::int64_t distinct = 0;
    double time_correlation = 0, row_correlation = 0;
  };

  std::string schema_version = "mf.leakage_certificate.v1";
  std::string run_key, platform_run_id;
  std::string input_fingerprint, plan_digest;
  std::string train_artifact_ref, train_artifact_digest;
  std::string model_sha256;
  std::string split_strategy;
  Demands demands;
  std::vector<Guard> guards;
  std::vector<PartInTime> parts;
  std::vector<Overlap> overlaps;
  std::vector<FeatureSuspect> feature_suspects;
  std::vector<IdLikeSuspect> id_like_suspects;
};

}  // namespace mf::contracts
