#pragma once
// A valid request, to be changed by each test in the way it is about.

#include <nlohmann/json.hpp>
#include <string>

#include "mf/contracts/train_build_request.hpp"

namespace mf::testing {

/// The request of the golden identities, as JSON: what a test changes before it is read.
inline nlohmann::json a_request_document() {
  const std::string manifests = "s3://fraud-platform/platform_20260210T091951Z/ofs/manifests/";
  return {{"schema_version", "learning.mf_train_build_request.v0"},
          {"request_id", "req-golden-01"},
          {"intent_kind", "baseline_train"},
          {"platform_run_id", "platform_20260210T091951Z"},
          {"dataset_manifest_refs", {manifests + "dm_b.json", manifests + "dm_a.json"}},
          {"training_config_ref", "s3://fraud-platform/config/mf/train_config_v0.yaml"},
          {"governance_profile_ref", "s3://fraud-platform/config/mf/governance_profile_v0.yaml"},
          {"requester_principal", "SYSTEM::run_operate"},
          {"target_scope", {{"environment", "local_parity"}, {"mode", "fraud"}, {"bundle_slot", "primary"}}},
          {"policy_revision", "mf-policy-v0"},
          {"config_revision", "local-parity-v0"},
          {"mf_code_release_id", "git:def456"},
          {"publish_allowed", true}};
}

inline contracts::TrainBuildRequest read(const nlohmann::json& request) {
  return contracts::read_request(request.dump(), "request.json");
}

inline contracts::TrainBuildRequest a_request() { return read(a_request_document()); }

}  // namespace mf::testing
