#include "mf/contracts/request_rejection.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"
#include "contracts/strict_json.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, RequestRejection& rejection) {
  visit("schema_version", rejection.schema_version);
  visit("request_id", rejection.request_id);
  visit("request_sha256", rejection.request_sha256);
  visit.nullable("intent_kind", rejection.intent_kind);
  visit.nullable("platform_run_id", rejection.platform_run_id);
  visit.nullable("requester_principal", rejection.requester_principal);
  visit("code", rejection.code);
  visit("category", rejection.category);
  visit("class", rejection.klass);
  visit("message", rejection.message);
  visit("hint", rejection.hint);
  visit("context", rejection.context);
  visit.nullable("run_key", rejection.run_key);
  visit.nullable("conflicting_run_key", rejection.conflicting_run_key);
  visit("command", rejection.command);
  visit("rejected_at_utc", rejection.rejected_at_utc);
  visit("service_release_id", rejection.service_release_id);
  visit("run_config_digest", rejection.run_config_digest);
  visit("actor", rejection.actor);
}

MF_DOCUMENT(RequestRejection)

namespace {

json parsed(std::string_view bytes) {
  try {
    return parse_strict_json(bytes, "the request");
  } catch (const Error&) {
    return nullptr;
  }
}

/// A request without a fault: whether a field is one of a request shows when it stands here.
TrainBuildRequest faultless() {
  TrainBuildRequest request;
  request.schema_version = "learning.mf_train_build_request.v0";
  request.request_id = request.platform_run_id = "faultless";
  request.intent_kind = "baseline_train";
  request.dataset_manifest_refs = {"manifest.json"};
  request.training_config_ref = request.governance_profile_ref = "profile.yaml";
  request.requester_principal = "HUMAN::nobody";
  request.target_scope = {"environment", "mode", "slot", {}};
  request.policy_revision = request.config_revision = request.mf_code_release_id = "r1";
  return request;
}

/// `field` of `document` as read_request would take it; nothing where it would refuse it.
std::optional<std::string> claimed(const json& document, const char* field, std::string TrainBuildRequest::*member) {
  if (!document.is_object() || !document.contains(field)) return {};
  json request = json::parse(request_json(faultless()));
  request[field] = document.at(field);
  try {
    return read_request(request.dump(), "the request").*member;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

RequestClaims claims_of(std::string_view bytes) {
  const json document = parsed(bytes);
  return {.request_id = claimed(document, "request_id", &TrainBuildRequest::request_id),
          .intent_kind = claimed(document, "intent_kind", &TrainBuildRequest::intent_kind),
          .platform_run_id = claimed(document, "platform_run_id", &TrainBuildRequest::platform_run_id),
          .requester_principal = claimed(document, "requester_principal", &TrainBuildRequest::requester_principal)};
}

}  // namespace mf::contracts
