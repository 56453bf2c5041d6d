#include <nlohmann/json.hpp>

#include "factory/negative_matrix.hpp"

namespace mf::factory {
namespace {

using nlohmann::json;
using Act = std::function<Result(const NegativePlace&)>;

constexpr const char* kPhase = "request";
constexpr Come kAt = Come::laid_out;

/// A request of these very bytes.
Act of_text(std::string text) {
  return [text = std::move(text)](const NegativePlace& /*place*/) { return validate_request(text, "request.json"); };
}

/// The request with another value in `field`; null: without it.
Act with(std::string field, json value) {
  return [field = std::move(field), value = std::move(value)](const NegativePlace& place) {
    place.ask(field, value);
    return validate_request(place.read("request.json"), "request.json");
  };
}

Result as_it_is(const NegativePlace& place) { return validate_request(place.read("request.json"), "request.json"); }

/// Its id, and another meaning.
Result under_a_used_id(const NegativePlace& place) {
  place.ask("config_revision", "config@r2");
  auto workshop = place.open();
  static_cast<void>(admit(workshop, place.request()));
  return {};
}

/// Another id, requester and publish flag, and the same meaning: one run.
Result under_another_id(const NegativePlace& place) {
  const auto first = place.run();
  place.ask("request_id", "negative-0002");
  place.ask("requester_principal", "HUMAN::another");
  auto workshop = place.open();
  Result result;
  result.outcome = admit(workshop, place.request()).run_key == first.run_key ? "SAME" : "ANOTHER";
  return result;
}

}  // namespace

std::vector<NegativeCase> negative_requests() {
  return {
      ends_in("a request that is sound", kPhase, "ACCEPTED", kAt, as_it_is),
      refused("a request that is no JSON", kPhase, Code::REQUEST_INVALID, kAt, of_text("{'request_id': 1}")),
      refused("a request that says a thing twice", kPhase, Code::REQUEST_INVALID, kAt,
              of_text(R"({"request_id": "a", "request_id": "b"})")),
      refused("a request with a misspelt key", kPhase, Code::REQUEST_INVALID, kAt, with("publish_alowed", true)),
      refused("a short request id", kPhase, Code::REQUEST_ID_INVALID, kAt, with("request_id", "short")),
      refused("an intent that is none", kPhase, Code::INTENT_KIND_UNSUPPORTED, kAt, with("intent_kind", "trian")),
      refused("no platform run", kPhase, Code::RUN_SCOPE_INVALID, kAt, with("platform_run_id", nullptr)),
      refused("no dataset manifest", kPhase, Code::MANIFEST_REF_MISSING, kAt,
              with("dataset_manifest_refs", json::array())),
      refused("no training configuration", kPhase, Code::CONFIG_REF_MISSING, kAt, with("training_config_ref", nullptr)),
      refused("no governance profile", kPhase, Code::GOVERNANCE_PROFILE_MISSING, kAt,
              with("governance_profile_ref", " ")),
      refused("nobody who asks", kPhase, Code::REQUESTER_MISSING, kAt, with("requester_principal", nullptr)),
      refused("half a target scope", kPhase, Code::TARGET_SCOPE_INVALID, kAt,
              with("target_scope", {{"environment", "local"}})),
      refused("no policy revision", kPhase, Code::POLICY_REVISION_MISSING, kAt, with("policy_revision", "  ")),
      refused("no configuration revision", kPhase, Code::CONFIG_REVISION_MISSING, kAt,
              with("config_revision", nullptr)),
      refused("no code release", kPhase, Code::CODE_RELEASE_MISSING, kAt, with("mf_code_release_id", nullptr)),
      refused("a ref to the latest manifest", kPhase, Code::REF_INVALID, kAt,
              with("dataset_manifest_refs", {"ofs/latest/manifest.json"})),
      refused("a ref with a wildcard", kPhase, Code::REF_INVALID, kAt,
              with("dataset_manifest_refs", {"ofs/manifests/*.json"})),
      refused("a ref that climbs out of the store", kPhase, Code::REF_INVALID, kAt,
              with("training_config_ref", "../training.json")),
      refused("a used request id with another meaning", "ledger", Code::REQUEST_ID_PAYLOAD_MISMATCH, Come::resolved,
              under_a_used_id),
      ends_in("another request id with the same meaning", "ledger", "SAME", Come::resolved, under_another_id),
  };
}

}  // namespace mf::factory
