#pragma once
// What a job says of itself, however wrong the rest of it is.
//
// Room: contracts.  docs/formats/job_request.v0.md.

#include <optional>
#include <string>
#include <string_view>

namespace mf::contracts {

/// The texts by which a worker decides whether a job is one for it, as they are written; nothing where a field is
/// missing, no text, or blank.
struct JobClaims {
  std::optional<std::string> request_id, platform_run_id, command, run_config_digest;
};

/// The claims of `bytes`; `where` names their source, for messages. Throws REQUEST_INVALID where they are no JSON
/// object by MF's strict rules, and within the limits of a document.
JobClaims claims_of_job(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
