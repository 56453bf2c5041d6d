#pragma once
// mf.request_rejection.v1: a request was refused before there was a run of it.
//
// Room: contracts.  docs/formats/request_rejection.v1.md. (c): circumstance.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "mf/contracts/platform_profile.hpp"

namespace mf::contracts {

/// What a request says of itself that can be relied on, however wrong the rest of it is: the fields that a request
/// without other faults could hold.
struct RequestClaims {
  std::optional<std::string> request_id, intent_kind, platform_run_id, requester_principal;
};

/// The claims of `bytes`; none where they are no JSON object by MF's strict rules.
RequestClaims claims_of(std::string_view bytes);

struct RequestRejection {
  std::string schema_version = "mf.request_rejection.v1";
  std::string request_id;
  std::string request_sha256;  ///< of the request's bytes, as they came in
  std::optional<std::string> intent_kind, platform_run_id, requester_principal;
  std::string code, category, klass;
  std::string message;  // (c): may name a file of this installation
  std::string hint;
  std::map<std::string, std::string> context;
  std::optional<std::string> run_key;              ///< that the request means, where it is good enough to tell
  std::optional<std::string> conflicting_run_key;  ///< that its id stands for already
  // (c), all of them
  std::string command, rejected_at_utc, service_release_id, run_config_digest;
  PlatformProfile::Actor actor;
};

}  // namespace mf::contracts
