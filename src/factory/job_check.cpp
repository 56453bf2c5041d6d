#include "factory/job_check.hpp"

#include "factory/run_scope.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/error.hpp"
#include "mf/redaction.hpp"

namespace mf::factory {
namespace {

[[noreturn]] void refuse(Code code, const QueuedJob& job, const std::string& pointer, const std::string& why,
                         Error::Context context = {}) {
  context.insert({{"document", job.key}, {"pointer", pointer}});
  throw Error(code, job.key + ": " + pointer + " " + why, context);
}

/// What was given may be of any length.
std::string quoted(const std::string& text) { return "'" + redacted(text).substr(0, 64) + "'"; }

void require_present(const QueuedJob& job, const contracts::JobClaims& claims) {
  const auto require = [&](const std::optional<std::string>& claim, Code code, const char* pointer) {
    if (!claim) refuse(code, job, pointer, "is missing, blank or no text");
  };
  require(claims.request_id, Code::REQUEST_ID_INVALID, "/request_id");
  if (*claims.request_id != job.request_id)
    refuse(Code::REQUEST_ID_INVALID, job, "/request_id",
           "should be the name of its file without .json; it is " + quoted(*claims.request_id));
  require(claims.platform_run_id, Code::RUN_SCOPE_INVALID, "/platform_run_id");
  require(claims.command, Code::REQUEST_INVALID, "/command");
  require(claims.run_config_digest, Code::REQUEST_INVALID, "/run_config_digest");
}

void require_same_configuration(const Workshop& workshop, const QueuedJob& job, const std::string& digest) {
  if (digest == workshop.run_config_digest) return;
  refuse(Code::RUN_CONFIG_DIGEST_MISMATCH, job, "/run_config_digest",
         "is " + quoted(digest) + "; the configuration in force has " + workshop.run_config_digest,
         {{"expected", workshop.run_config_digest}, {"observed", redacted(digest).substr(0, 64)}});
}

void require_same_platform_run(const Workshop& workshop, const QueuedJob& job, const std::string& platform_run_id) {
  if (platform_run_id != job.platform_run_id)
    refuse(Code::RUN_SCOPE_INVALID, job, "/platform_run_id",
           "should be " + job.platform_run_id + ", whose folder the job lies in; it is " + quoted(platform_run_id));
  require_in_scope(workshop, platform_run_id);
}

}  // namespace

std::string bytes_of_job(const store::ArtifactStore& store, const QueuedJob& job) {
  try {
    if (auto bytes = store.find(job.key)) return std::move(*bytes);
  } catch (const Error& error) {
    if (error.code() != Code::DOCUMENT_INVALID) throw;
    throw Error(Code::REQUEST_INVALID, error.message(), error.context());
  }
  throw Error(Code::REQUEST_INVALID, job.key + " leads to no file", {{"document", job.key}},
              "Enqueue the job again, under another request id.");
}

void require_for_this_worker(const Workshop& workshop, const QueuedJob& job, const contracts::JobClaims& claims) {
  require_present(job, claims);
  require_same_configuration(workshop, job, *claims.run_config_digest);
  require_same_platform_run(workshop, job, *claims.platform_run_id);
  if (claims.command != contracts::kTrainBuild && claims.command != contracts::kPublishRetry)
    refuse(Code::REQUEST_COMMAND_UNSUPPORTED, job, "/command", "is no command: " + quoted(*claims.command));
}

}  // namespace mf::factory
