#pragma once
// The jobs of a platform run that have no answer yet, as their files lie in the store.

#include <string>
#include <vector>

#include "mf/factory/workshop.hpp"

namespace mf::factory {

/// A file in the folder of jobs. Its name says what the job is called, and so where its answer lies: whatever it holds,
/// it cannot answer for another one.
struct QueuedJob {
  std::string platform_run_id;
  std::string name;        ///< of the file
  std::string request_id;  ///< by that name; empty where no job can have it
  std::string key;
};

/// Whether `id` can be a job's: 8 to 128 characters out of A-Z a-z 0-9 _ . : -
bool is_job_id(const std::string& id);

/// The job `request_id` of a platform run, whether it is there or not.
QueuedJob queued_job(const std::string& platform_run_id, const std::string& request_id);

/// The jobs of `platform_run_id` without an answer, in the byte order of their names. Nothing is opened. Throws what
/// listing throws.
std::vector<QueuedJob> unanswered_jobs(const store::ArtifactStore& store, const std::string& platform_run_id);

/// Whether a job has its answer by now.
bool is_answered(const store::ArtifactStore& store, const QueuedJob& job);

/// Throws PROFILE_INVALID unless the profile says for which platform run there may be jobs, or `any`.
const std::string& require_job_scope(const Workshop& workshop);

/// The platform runs whose jobs are asked for: `wanted`, else the one that the profile requires, else all that ever had
/// a job. Throws PROFILE_INVALID, and RUN_SCOPE_INVALID for one that the profile does not allow, or that is none.
std::vector<std::string> platform_runs_with_jobs(const Workshop& workshop, const std::vector<std::string>& wanted);

}  // namespace mf::factory
