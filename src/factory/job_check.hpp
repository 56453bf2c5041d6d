#pragma once
// Whether a job is one for this worker.

#include <string>

#include "factory/job_queue.hpp"
#include "mf/contracts/job_claims.hpp"

namespace mf::factory {

/// The bytes of a job. Throws REQUEST_INVALID where there are none, or more than a document may have, and what reading
/// throws.
std::string bytes_of_job(const store::ArtifactStore& store, const QueuedJob& job);

/// The first fault of a job, in this order: request_id, which has to be the name of its file (REQUEST_ID_INVALID),
/// platform_run_id (RUN_SCOPE_INVALID), command and run_config_digest (REQUEST_INVALID) are there; the digest is that
/// of the configuration in force (RUN_CONFIG_DIGEST_MISMATCH); the platform run is that of the folder, and one for this
/// installation (RUN_SCOPE_INVALID); the command exists (REQUEST_COMMAND_UNSUPPORTED). What is left to read then, a
/// worker reads only after that.
void require_for_this_worker(const Workshop& workshop, const QueuedJob& job, const contracts::JobClaims& claims);

}  // namespace mf::factory
