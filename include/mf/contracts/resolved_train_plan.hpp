#pragma once
// learning.mf_resolved_train_plan.v0: every input of a run, locked by content before anything is trained.
//
// Room: contracts.  docs/formats/resolved_train_plan.v0.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/dataset_manifest.hpp"
#include "mf/contracts/train_build_request.hpp"

namespace mf::contracts {

/// The refs and revisions a request pins. Everywhere but in the plan the manifest refs are in canonical order.
struct InputRefs {
  std::vector<std::string> dataset_manifest_refs;
  std::string training_config_ref, governance_profile_ref;
  TargetScope target_scope;
  std::string policy_revision, config_revision, mf_code_release_id;
};

struct ResolvedTrainPlan {
  struct DataFile {
    std::string ref, sha256;
    std::int64_t bytes = 0, rows = 0;
  };
  /// Where the labelled rows of a manifest are, as they were when the plan was made.
  struct Materialization {
    std::string ref, sha256;
    std::int64_t row_count = 0;
    std::vector<DataFile> files;
  };
  struct Manifest {
    std::string manifest_ref, schema_version, dataset_manifest_id, dataset_fingerprint, platform_run_id;
    FeatureDefinitionSet feature_definition_set;
    std::string payload_digest;  ///< document digest: of the content, whatever the spelling
    std::string label_asof_utc;
    std::optional<std::int64_t> maturity_days;
    std::string ofs_code_release_id;
    Materialization materialization;
  };
  struct TrainingProfileLock {
    std::string profile_ref, policy_id, revision, resolved_revision;
    FeatureDefinitionSet feature_definition_set;
    std::string expected_manifest_schema_version, profile_digest;
  };
  struct GovernanceProfileLock {
    std::string profile_ref, policy_id, revision, resolved_revision, profile_digest;
  };

  /// A bundle of the registry that the run refers to, verified when the plan was made.
  struct BundleLock {
    std::string bundle_id, bundle_version;
    std::string manifest_sha256, model_sha256;  ///< of the bytes
    TargetScope target_scope;                   ///< the one it was published for
    std::optional<std::string> reason;          ///< of supersedes alone
  };

  std::string schema_version = "learning.mf_resolved_train_plan.v0";
  std::string run_key, request_id, intent_kind, platform_run_id;
  std::vector<Manifest> dataset_manifests;  ///< in request order, without repeats
  TrainingProfileLock training_profile;
  GovernanceProfileLock governance_profile;
  InputRefs input_refs;
  std::optional<BundleLock> baseline;            ///< what the model is compared with
  std::optional<BundleLock> candidate;           ///< what is evaluated in place of a model of the run's own
  std::optional<BundleLock> supersedes;          ///< what the run's bundle is to follow
  std::string input_fingerprint;                 ///< of everything that shapes the result; does not depend on order
  std::optional<std::string> run_config_digest;  // (c)

  /// The manifests by ref, ascending: the order in which rows are read and digests are listed.
  [[nodiscard]] std::vector<Manifest> canonical_manifests() const;
  /// Their payload digests, in that order.
  [[nodiscard]] std::vector<std::string> manifest_digests() const;
};

/// `refs` with its manifest refs in canonical order.
InputRefs canonical(InputRefs refs);

}  // namespace mf::contracts
