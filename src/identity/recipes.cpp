#include "mf/identity/recipes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mf/identity/canonical_json.hpp"
#include "mf/identity/digest.hpp"

namespace mf::identity {
namespace {

using nlohmann::json;

constexpr std::int64_t kSeedModulus = 2147483647;

std::string envelope(const char* recipe, json payload) {
  return document_digest({{"recipe", recipe}, {"payload", std::move(payload)}});
}

}  // namespace

std::string document_digest(const json& document) { return sha256_hex(canonical_json(document)); }

std::string train_run_key(const json& payload) { return envelope("mf.train_run_key.v1", payload); }

std::string train_run_id(std::string_view train_run_key) {
  return "tr_" + envelope("mf.train_run_id.v1", {{"train_run_key", train_run_key}}).substr(0, 32);
}

std::string request_payload_hash(const json& request_without_id) {
  return envelope("mf.request_payload.v1", canonical_json(request_without_id));
}

std::string eval_report_id(std::string_view run_id) { return "er_" + sha256_hex(run_id).substr(0, 16); }

std::int64_t stage_seed(std::string_view recipe, std::int64_t base_seed, std::string_view run_id,
                        const std::vector<std::string>& manifest_digests) {
  const std::string digest = document_digest({{"recipe", recipe},
                                              {"base_seed", base_seed},
                                              {"run_key", run_id},
                                              {"dataset_manifest_digests", manifest_digests}});
  return (std::stoll(digest.substr(0, 8), nullptr, 16) + base_seed % kSeedModulus) % kSeedModulus;
}

std::string input_fingerprint(std::vector<std::pair<std::string, std::string>> role_and_digest) {
  std::sort(role_and_digest.begin(), role_and_digest.end());
  json inputs = json::array();
  for (const auto& [role, digest] : role_and_digest) inputs.push_back({{"role", role}, {"digest", digest}});
  return document_digest({{"recipe", "mf.input_fingerprint.v1"}, {"tag", "mf_input_v1"}, {"inputs", inputs}});
}

std::string model_fingerprint(std::string_view run_id, const std::vector<std::string>& manifest_digests,
                              std::string_view split_strategy, std::int64_t stage_seed,
                              std::string_view training_profile_digest) {
  return document_digest({{"run_key", run_id},
                          {"dataset_manifest_digests", manifest_digests},
                          {"split_strategy", split_strategy},
                          {"stage_seed", stage_seed},
                          {"training_profile_digest", training_profile_digest}});
}

std::string evidence_pack_fingerprint(const json& content) { return document_digest(content); }

std::string bundle_id(const json& content) {
  return document_digest({{"recipe", "mf.bundle_id.v2"}, {"tag", "bundle_v1"}, {"payload", content}});
}

std::string bundle_id_v1(std::string_view run_id, const std::vector<std::string>& manifest_digests,
                         std::string_view training_profile_digest, std::string_view governance_profile_digest,
                         std::string_view eval_report_ref, std::string_view gate_receipt_ref) {
  return document_digest({{"run_key", run_id},
                          {"manifest_digests", manifest_digests},
                          {"training_profile_digest", training_profile_digest},
                          {"governance_profile_digest", governance_profile_digest},
                          {"eval_report_ref", eval_report_ref},
                          {"gate_receipt_ref", gate_receipt_ref}});
}

std::string bundle_version(std::string_view bundle_id, std::string_view policy_revision,
                           std::string_view config_revision) {
  const std::string digest = document_digest(
      {{"bundle_id", bundle_id}, {"policy_revision", policy_revision}, {"config_revision", config_revision}});
  return "v0-" + digest.substr(0, 12);
}

std::string registry_event_id(std::string_view bundle_id, std::string_view bundle_version) {
  return "reg_evt_" + document_digest({{"bundle_id", bundle_id}, {"bundle_version", bundle_version}}).substr(0, 24);
}

std::string dataset_manifest_id(std::string_view dataset_fingerprint) {
  return "dm_" + envelope("ofs.dataset_manifest_id.v1", {{"dataset_fingerprint", dataset_fingerprint}}).substr(0, 32);
}

std::string run_config_digest(const json& profile, const json& policy, const json& wiring) {
  return document_digest(
      {{"recipe", "mf.phase8.run_config_digest.v1"}, {"profile", profile}, {"policy", policy}, {"wiring", wiring}});
}

}  // namespace mf::identity
