#include "mf/contracts/train_build_request.hpp"

#include <algorithm>
#include <set>

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"
#include "contracts/field_fault.hpp"
#include "contracts/request_fields.hpp"
#include "contracts/stripped.hpp"
#include "mf/identity/canonical_json.hpp"
#include "mf/identity/characters.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/identity/ref.hpp"

namespace mf::contracts {

MF_DOCUMENT(TrainBuildRequest)

namespace {

constexpr struct {
  std::string_view field;
  Code code;
} kFieldCodes[] = {
    {"request_id", Code::REQUEST_ID_INVALID},           {"intent_kind", Code::INTENT_KIND_UNSUPPORTED},
    {"platform_run_id", Code::RUN_SCOPE_INVALID},       {"dataset_manifest_refs", Code::MANIFEST_REF_MISSING},
    {"training_config_ref", Code::CONFIG_REF_MISSING},  {"governance_profile_ref", Code::GOVERNANCE_PROFILE_MISSING},
    {"requester_principal", Code::REQUESTER_MISSING},   {"target_scope", Code::TARGET_SCOPE_INVALID},
    {"policy_revision", Code::POLICY_REVISION_MISSING}, {"config_revision", Code::CONFIG_REVISION_MISSING},
    {"mf_code_release_id", Code::CODE_RELEASE_MISSING},
};

/// The code of the request field that `pointer` leads to.
Code code_of(std::string_view pointer) {
  pointer.remove_prefix(std::min<std::size_t>(1, pointer.size()));
  const std::string_view field = pointer.substr(0, pointer.find('/'));
  for (const auto& row : kFieldCodes)
    if (row.field == field) return row.code;
  return Code::REQUEST_INVALID;
}

[[noreturn]] void refuse_field(const std::string& pointer, const std::string& where, const std::string& why) {
  contracts::refuse_field(code_of(pointer), where, pointer, why);
}

void strip_text(std::string& text, const std::string& pointer, const std::string& where) {
  text = stripped(text);
  if (text.empty()) refuse_field(pointer, where, "is blank");
}

/// Names of people and places; a revision is a label, in which other implementations take any character.
void strip_id(std::string& text, const std::string& pointer, const std::string& where) {
  strip_text(text, pointer, where);
  if (const auto hidden = identity::hidden_character(text))
    refuse_field(pointer, where, "should have no hidden character; it has " + *hidden);
}

void strip_texts(TrainBuildRequest& request, const std::string& where) {
  strip_text(request.request_id, "/request_id", where);
  strip_text(request.intent_kind, "/intent_kind", where);
  strip_text(request.platform_run_id, "/platform_run_id", where);
  strip_text(request.training_config_ref, "/training_config_ref", where);
  strip_text(request.governance_profile_ref, "/governance_profile_ref", where);
  strip_id(request.requester_principal, "/requester_principal", where);
  strip_id(request.target_scope.environment, "/target_scope/environment", where);
  strip_id(request.target_scope.mode, "/target_scope/mode", where);
  strip_id(request.target_scope.bundle_slot, "/target_scope/bundle_slot", where);
  if (request.target_scope.tenant_id) strip_id(*request.target_scope.tenant_id, "/target_scope/tenant_id", where);
  strip_text(request.policy_revision, "/policy_revision", where);
  strip_text(request.config_revision, "/config_revision", where);
  strip_text(request.mf_code_release_id, "/mf_code_release_id", where);
}

void strip_manifest_refs(TrainBuildRequest& request, const std::string& where) {
  for (auto& ref : request.dataset_manifest_refs) ref = stripped(ref);
  std::erase(request.dataset_manifest_refs, std::string());
  if (request.dataset_manifest_refs.empty()) refuse_field("/dataset_manifest_refs", where, "holds only blank refs");
}

/// Ids and refs that become places in the store.
void check_places(const TrainBuildRequest& request, const std::string& where) {
  if (!identity::is_path_safe_id(request.platform_run_id))
    refuse_field("/platform_run_id", where,
                 "should be 1 to 128 characters out of A-Z a-z 0-9 _ . : -, not `.` or `..`");
  for (std::size_t i = 0; i < request.dataset_manifest_refs.size(); ++i)
    require_ref(request.dataset_manifest_refs[i], where, "/dataset_manifest_refs/" + std::to_string(i));
  require_ref(request.training_config_ref, where, "/training_config_ref");
  require_ref(request.governance_profile_ref, where, "/governance_profile_ref");
}

/// The fields that shape what a run means.
json key_payload(const TrainBuildRequest& request) {
  return {{"intent_kind", request.intent_kind},
          {"platform_run_id", request.platform_run_id},
          {"dataset_manifest_refs", canonical_manifest_refs(request)},
          {"training_config_ref", request.training_config_ref},
          {"governance_profile_ref", request.governance_profile_ref},
          {"target_scope", to_value(request.target_scope)},
          {"policy_revision", request.policy_revision},
          {"config_revision", request.config_revision},
          {"mf_code_release_id", request.mf_code_release_id}};
}

}  // namespace

void rethrow_by_field(const Error& error, std::string_view request_at) {
  const auto pointer = error.context().find("pointer");
  const bool of_schema = pointer != error.context().end() && error.context().contains("schema");
  if (!of_schema || !pointer->second.starts_with(request_at)) throw error;
  const Code code = code_of(std::string_view(pointer->second).substr(request_at.size()));
  if (code == Code::REQUEST_INVALID) throw error;
  const bool suggests = !error.hint().starts_with("Correct the named field");
  throw Error(code, error.message(), error.context(), suggests ? error.hint() : "");
}

void require_ref(const std::string& ref, const std::string& where, const std::string& pointer) {
  try {
    identity::parse_ref(ref, where + ": " + pointer);
  } catch (Error& error) {
    throw error.with("pointer", pointer);
  }
}

TrainBuildRequest read_request(std::string_view bytes, const std::string& where) {
  TrainBuildRequest request;
  try {
    request = read_json<TrainBuildRequest>(bytes, where);
  } catch (const Error& error) {
    rethrow_by_field(error, "");
  }
  strip_texts(request, where);
  strip_manifest_refs(request, where);
  check_places(request, where);
  return request;
}

TrainBuildRequest read_recorded_request(std::string_view text) {
  return read_json<TrainBuildRequest>(text, "the recorded request");
}

std::string request_json(const TrainBuildRequest& request) { return identity::canonical_json(to_value(request)); }

std::vector<std::string> canonical_manifest_refs(const TrainBuildRequest& request) {
  const std::set<std::string> refs(request.dataset_manifest_refs.begin(), request.dataset_manifest_refs.end());
  return {refs.begin(), refs.end()};
}

RequestIdentity identity_of(const TrainBuildRequest& request) {
  RequestIdentity identity;
  identity.train_run_key = identity::train_run_key(key_payload(request));
  identity.run_id = identity::train_run_id(identity.train_run_key);
  json without_id = to_value(request);
  without_id.erase("request_id");
  identity.request_payload_hash = identity::request_payload_hash(without_id);
  return identity;
}

}  // namespace mf::contracts
