#pragma once
// The recipes of every id that Model Factory makes.
//
// Room: identity.  Each recipe is a fixed text hashed with SHA-256; docs/formats/identity.md writes them out with
// worked examples. A recipe is never edited: a better one gets a new name. "canon" below is canonical_json.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mf::identity {

/// sha256(canon(document)): how profiles and manifests are named by content. 64 hex.
std::string document_digest(const nlohmann::json& document);

/// What a run means. `payload` holds the nine meaning-shaping fields of a request with its manifest refs stripped,
/// sorted and without repeats. sha256(canon({"recipe":"mf.train_run_key.v1","payload":payload})). 64 hex.
std::string train_run_key(const nlohmann::json& payload);

/// The name of a run: `tr_` + the first 32 hex of
/// sha256(canon({"recipe":"mf.train_run_id.v1","payload":{"train_run_key":key}})).
std::string train_run_id(std::string_view train_run_key);

/// What was asked, apart from request_id: sha256(canon({"recipe":"mf.request_payload.v1","payload":canon(request)})),
/// the inner canon as a JSON *string*. 64 hex.
std::string request_payload_hash(const nlohmann::json& request_without_id);

/// `er_` + the first 16 hex of sha256(run id).
std::string eval_report_id(std::string_view run_id);

/// The seed of every random stream of a run; the same for every attempt.
/// d = sha256(canon({recipe, base_seed, run_key, dataset_manifest_digests})); (first 8 hex of d + base_seed) mod
/// 2147483647.
std::int64_t stage_seed(std::string_view recipe, std::int64_t base_seed, std::string_view run_id,
                        const std::vector<std::string>& manifest_digests);

/// What shapes the result, by content: a role and a digest for each input.
/// sha256(canon({"recipe":"mf.input_fingerprint.v1","tag":"mf_input_v1","inputs":[{"role","digest"}...]})), sorted.
std::string input_fingerprint(std::vector<std::pair<std::string, std::string>> role_and_digest);

/// sha256(canon({run_key, dataset_manifest_digests, split_strategy, stage_seed, training_profile_digest})): names what
/// the model was made from; the model's bytes are named by their own digest.
std::string model_fingerprint(std::string_view run_id, const std::vector<std::string>& manifest_digests,
                              std::string_view split_strategy, std::int64_t stage_seed,
                              std::string_view training_profile_digest);

/// sha256(canon(content)) where content is the pack's run_key, three refs, metrics and gate_thresholds.
std::string evidence_pack_fingerprint(const nlohmann::json& content);

/// The content of a bundle: sha256(canon({"recipe":"mf.bundle_id.v2","tag":"bundle_v1","payload":content})), where
/// content is the bundle manifest without its own id and version. 64 hex.
std::string bundle_id(const nlohmann::json& content);

/// The id that the earlier factory gave the same run's bundle: sha256(canon({run_key, manifest_digests,
/// training_profile_digest, governance_profile_digest, eval_report_ref, gate_receipt_ref})). It changes with the place
/// of the store, so MF names no bundle by it; kept to recognise bundles published before. 64 hex.
std::string bundle_id_v1(std::string_view run_id, const std::vector<std::string>& manifest_digests,
                         std::string_view training_profile_digest, std::string_view governance_profile_digest,
                         std::string_view eval_report_ref, std::string_view gate_receipt_ref);

/// `v0-` + the first 12 hex of sha256(canon({bundle_id, policy_revision, config_revision})).
std::string bundle_version(std::string_view bundle_id, std::string_view policy_revision,
                           std::string_view config_revision);

/// `reg_evt_` + the first 24 hex of sha256(canon({bundle_id, bundle_version})).
std::string registry_event_id(std::string_view bundle_id, std::string_view bundle_version);

/// `dm_` + the first 32 hex of
/// sha256(canon({"payload":{"dataset_fingerprint":F},"recipe":"ofs.dataset_manifest_id.v1"})).
std::string dataset_manifest_id(std::string_view dataset_fingerprint);

/// The configuration in force: sha256(canon({"recipe":"mf.phase8.run_config_digest.v1","profile":{profile_id,
/// digest},"policy":{policy_id, revision, digest},"wiring":{...}})), the digests being of the two texts. 64 hex.
std::string run_config_digest(const nlohmann::json& profile, const nlohmann::json& policy,
                              const nlohmann::json& wiring);

}  // namespace mf::identity
