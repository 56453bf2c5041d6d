#pragma once
// learning.bundle_publication.v0, mf.bundle_manifest.v1, mf.bundle_submission.v1 and mf.scoring_contract.v1: what is
// handed to the registry.
//
// Room: contracts.  docs/formats/bundle_manifest.v1.md, bundle_publication.v0.md, bundle_submission.v1.md,
// scoring_contract.v1.md. (c): circumstance.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/bundle_reference.hpp"
#include "mf/contracts/platform_profile.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::contracts {

/// What a serving process must have to use the bundle.
struct Compatibility {
  std::string feature_set_id, feature_set_version, input_contract_version;
  std::vector<std::string> required_capabilities;
};

struct BundlePublication {
  struct Provenance {
    std::string mf_code_release_id, config_revision;
    std::optional<std::string> run_config_digest;
  };
  std::string schema_version = "learning.bundle_publication.v0";
  std::string bundle_id, bundle_version;
  std::vector<std::string> dataset_manifest_refs;
  std::string eval_report_ref;
  Compatibility compatibility;
  Provenance provenance;
};

/// How to feed the model and read its score.
struct ScoringContract {
  struct Feature {
    std::string name, type;
  };
  struct OperatingPoint {
    double alert_rate = 0;
    std::optional<double> threshold;  ///< chosen on validation rows, never on test rows
  };
  /// The threshold that the evaluation chose, and by which rule of the training profile.
  struct Chosen {
    std::string rule;
    std::optional<double> value, threshold;
    bool operator==(const Chosen&) const = default;
  };
  struct Model {
    std::string path, format, sha256, algorithm_id;
  };
  /// What the model may be asked besides the score.
  struct ReasonCodes {
    std::int64_t most = 0;
    std::string method, rule;
    bool operator==(const ReasonCodes&) const = default;
  };
  std::string schema_version = "mf.scoring_contract.v1";
  std::vector<Feature> features;                                              ///< in the order the model takes them
  std::optional<std::map<std::string, std::vector<std::string>>> categories;  ///< by feature, in the order of the codes
  std::string missing_values;                                                 ///< how a missing feature is written
  std::string score;                                                          ///< what the number means
  std::string alert_rule;                                                     ///< how a threshold is applied
  Model model;
  std::vector<OperatingPoint> operating_points;
  std::optional<Chosen> operating_point;    ///< nothing when the training profile chose none
  std::optional<ReasonCodes> reason_codes;  ///< nothing: the model exposes none
};

/// The bundle's own table of contents. bundle_id is the recipe mf.bundle_id.v2 over all of it but id and version.
struct BundleManifest {
  struct Member {
    std::string path, role, sha256;
    std::int64_t bytes = 0;
  };
  struct Evidence {
    std::string eval_report_ref, eval_report_digest, gate_receipt_ref, gate_receipt_digest;
  };
  struct DatasetLineage {
    std::string manifest_ref, dataset_manifest_id, dataset_fingerprint, payload_digest, materialization_sha256;
  };
  struct ProfileLineage {
    std::string profile_ref, resolved_revision, profile_digest;
  };
  struct Lineage {
    std::vector<DatasetLineage> dataset_manifests;  ///< by ref, ascending
    ProfileLineage training_profile, governance_profile;
    std::string input_fingerprint;
    std::optional<Supersession> supersedes;   ///< the bundle it follows, which stays as it is
    std::optional<BundleReference> baseline;  ///< the bundle it was compared with
  };
  struct Releases {
    std::vector<std::string> ofs_code_release_ids;  ///< ascending, without repeats
    std::string mf_code_release_id;
  };
  std::string schema_version = "mf.bundle_manifest.v1";
  std::string bundle_id, bundle_version;
  std::string run_key, train_run_key, platform_run_id, intent_kind;
  TargetScope target_scope;
  std::string policy_revision, config_revision;
  std::vector<Member> members;  ///< by path, ascending
  Evidence evidence;
  Lineage lineage;
  Compatibility compatibility;
  Releases releases;
};

/// Who asked for the bundle, who submits it, and under which policy it passed. It stands beside the manifest, which
/// does not name it: the same bundle may be submitted by several installations, and the first submission stands.
struct BundleSubmission {
  struct Gate {
    std::string verdict, policy_id, revision, profile_digest, policy_revision;
    bool operator==(const Gate&) const = default;
  };
  std::string schema_version = "mf.bundle_submission.v1";
  std::string bundle_id, bundle_version;
  std::string idempotency_key;  ///< <bundle_id>:<bundle_version>
  std::string run_key, intent_kind;
  TargetScope target_scope;
  Gate gate;
  std::string request_id;                                          // (c) of the request that the run is made from
  std::string requester_principal;                                 // (c) who asked with it
  std::vector<std::string> request_ids;                            // (c) every one that asked for the run until then
  PlatformProfile::Actor submitter;                                // (c)
  std::string submitted_at_utc;                                    // (c)
  std::string environment, service_release_id, run_config_digest;  // (c) of the installation that submits
};

}  // namespace mf::contracts
