#include "mf/contracts/job_claims.hpp"

#include "contracts/document_io.hpp"
#include "contracts/field_fault.hpp"
#include "contracts/stripped.hpp"

namespace mf::contracts {
namespace {

std::optional<std::string> claimed(const json& document, const char* field) {
  const auto member = document.find(field);
  if (member == document.end() || !member->is_string()) return {};
  const auto text = member->get<std::string>();
  return stripped(text).empty() ? std::nullopt : std::optional(text);
}

}  // namespace

JobClaims claims_of_job(std::string_view bytes, const std::string& where) {
  const json document = parse_document("JobRequest", bytes, where, false);
  if (!document.is_object()) refuse_field(Code::REQUEST_INVALID, where, "/", "should be an object");
  return {.request_id = claimed(document, "request_id"),
          .platform_run_id = claimed(document, "platform_run_id"),
          .command = claimed(document, "command"),
          .run_config_digest = claimed(document, "run_config_digest")};
}

}  // namespace mf::contracts
