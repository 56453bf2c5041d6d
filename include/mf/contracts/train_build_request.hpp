#pragma once
// learning.mf_train_build_request.v0: what is asked for, every input by explicit ref.
//
// Room: contracts.  docs/formats/train_build_request.v0.md.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mf::contracts {

/// Where the bundle is meant to serve.
struct TargetScope {
  std::string environment, mode, bundle_slot;
  std::optional<std::string> tenant_id;
};

/// A request whose texts are stripped of surrounding white space; blank manifest refs are gone.
struct TrainBuildRequest {
  std::string schema_version;
  std::string request_id;
  std::string intent_kind;
  std::string platform_run_id;
  std::vector<std::string> dataset_manifest_refs;  ///< as the request orders them
  std::string training_config_ref;
  std::string governance_profile_ref;
  std::string requester_principal;
  TargetScope target_scope;
  std::string policy_revision;
  std::string config_revision;
  std::string mf_code_release_id;
  bool publish_allowed = false;
};

/// The names that follow from a request alone.
struct RequestIdentity {
  std::string train_run_key;         ///< 64 hex: what the run means
  std::string run_id;                ///< tr_ and 32 hex: its name
  std::string request_payload_hash;  ///< 64 hex: what was asked, apart from request_id
};

/// Reads and checks a request. `where` names the source, for messages.
/// Throws the field's own code (REQUEST_ID_INVALID, MANIFEST_REF_MISSING, ...), REF_INVALID, or REQUEST_INVALID for
/// everything else; of several faults, missing and unknown keys come first, then the fields in the order above.
TrainBuildRequest read_request(std::string_view bytes, const std::string& where);

/// Reads a request that MF itself recorded (in the ledger), as JSON text.
TrainBuildRequest read_recorded_request(std::string_view text);

/// The request as JSON, every field written out.
std::string request_json(const TrainBuildRequest& request);

RequestIdentity identity_of(const TrainBuildRequest& request);

/// The manifest refs sorted by bytes and without repeats: the order in which a run takes its datasets.
std::vector<std::string> canonical_manifest_refs(const TrainBuildRequest& request);

}  // namespace mf::contracts
