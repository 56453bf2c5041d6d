#pragma once
// What a worker does for a job: a story for each command.

#include "factory/job_answer.hpp"
#include "factory/job_queue.hpp"

namespace mf::factory {

/// The whole corridor, from wherever the run of the job's request is. A run that had ended without the job, or has a
/// pending publication, is left as it is (ALREADY_...). Throws what is transient, and what refuses the request before
/// it has a run; every other failure is the answer.
JobAnswer train_build(Workshop& workshop, const QueuedJob& job, const contracts::JobRequest& document);

/// One more try to publish the run that the job names, and nothing else. Throws what is transient, RUN_NOT_FOUND,
/// RUN_SCOPE_INVALID for a run of another platform run, the code of evidence that the job names and the log does not,
/// and RETRY_NOT_PENDING; every other failure is the answer.
JobAnswer publish_retry(Workshop& workshop, const QueuedJob& job, const contracts::JobRequest& document);

}  // namespace mf::factory
