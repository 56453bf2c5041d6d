#include "mf/factory/rejection.hpp"

#include "mf/contracts/document.hpp"
#include "mf/identity/digest.hpp"
#include "mf/observability/printable.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::RequestRejection;

bool refuses_a_request(const Error& error) {
  return error.row().category == "INPUT_ADMISSION" || error.code() == Code::REQUEST_ID_PAYLOAD_MISMATCH;
}

std::optional<std::string> particular(const Error& error, const std::string& name) {
  const auto found = error.context().find(name);
  return found == error.context().end() ? std::nullopt : std::optional(found->second);
}

/// The particulars that are the request's own: what a file was called is circumstance, and the message names it.
Error::Context particulars_of(const Error& error) {
  Error::Context particulars;
  for (const auto& [name, value] : error.context())
    if (name != "document") particulars[name] = observability::printable(value);
  return particulars;
}

void tell_refusal(RequestRejection& rejection, const Error& refusal) {
  const Error told = observability::shortened(refusal);
  rejection.code = told.row().name;
  rejection.category = told.row().category;
  rejection.klass = told.row().klass;
  rejection.message = told.message();
  rejection.hint = told.hint();
  rejection.context = particulars_of(told);
  // How the ledger tells which run the id stands for, and which one was asked for.
  rejection.run_key = particular(told, "requested_run");
  rejection.conflicting_run_key = particular(told, "run");
}

}  // namespace

std::optional<RequestRejection> rejection_of(std::string_view bytes, const std::string& command, const Error& refusal) {
  if (!refuses_a_request(refusal)) return {};
  const auto claims = contracts::claims_of(bytes);
  if (!claims.request_id) return {};
  RequestRejection rejection;
  rejection.request_id = *claims.request_id;
  rejection.request_sha256 = identity::sha256_hex(bytes);
  rejection.intent_kind = claims.intent_kind;
  rejection.platform_run_id = claims.platform_run_id;
  rejection.requester_principal = claims.requester_principal;
  rejection.command = command;
  tell_refusal(rejection, refusal);
  return rejection;
}

std::string keep_rejection(Workshop& workshop, RequestRejection rejection) {
  rejection.rejected_at_utc = to_string(workshop.clock.now());
  rejection.service_release_id = workshop.profile.service_release_id;
  rejection.run_config_digest = workshop.run_config_digest;
  rejection.actor = workshop.profile.actor;
  std::string key = store::layout::request_rejection(rejection.request_id, rejection.request_sha256);
  workshop.artifacts->put_if_absent(key, contracts::write(rejection));
  return key;
}

}  // namespace mf::factory
