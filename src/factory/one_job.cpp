#include "factory/one_job.hpp"

#include <new>

#include "factory/job_check.hpp"
#include "factory/job_commands.hpp"
#include "factory/job_receipt.hpp"

namespace mf::factory {
namespace {

/// What is known of a job by now.
struct Known {
  std::string command, run_key;
};

/// Reads a job, holds it against what this worker may do, and does it.
JobAnswer answer_to(Workshop& workshop, const QueuedJob& job, Known& known) {
  const std::string bytes = bytes_of_job(*workshop.artifacts, job);
  const auto claims = contracts::claims_of_job(bytes, job.key);
  known.command = claims.command.value_or("");
  require_for_this_worker(workshop, job, claims);
  const auto document = contracts::read_job_request(bytes, job.key);
  const bool trains = document.request.has_value();
  known.run_key = trains ? contracts::identity_of(*document.request).run_id : document.run_key.value();
  return trains ? train_build(workshop, job, document) : publish_retry(workshop, job, document);
}

JobAnswer failed_before_the_run(const Error& error, const Known& known) {
  return {.status = JobStatus::failed, .run_key = known.run_key, .refs = {}, .details = {}, .error = error};
}

/// Every failure but what is transient is an answer: the same job would fail again.
JobAnswer answer_or_failure(Workshop& workshop, const QueuedJob& job, Known& known) {
  try {
    return answer_to(workshop, job, known);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    return failed_before_the_run(error, known);
  } catch (const std::bad_alloc&) {
    throw Error(Code::OUT_OF_MEMORY, "there is not enough memory for job " + job.request_id);
  } catch (const std::exception& defect) {
    return failed_before_the_run(Error(Code::INTERNAL, std::string("a defect of mf: ") + defect.what()), known);
  }
}

}  // namespace

std::optional<TriedJob> try_job(Workshop& workshop, const QueuedJob& job) {
  const std::string started_at_utc = to_string(workshop.clock.now());
  Known known;
  try {
    if (is_answered(*workshop.artifacts, job)) return {};
    const auto answer = answer_or_failure(workshop, job, known);
    const auto receipt = receipt_of(workshop, job, known.command, started_at_utc, answer);
    if (!keep_receipt(workshop, receipt)) return {};
    return TriedJob{job, receipt.command, receipt.status, answer.run_key, answer.error, true};
  } catch (const Error& error) {
    const std::string status = error.row().transient() ? kWaiting : std::string(name_of(JobStatus::failed));
    return TriedJob{job, shown_command(known.command), status, known.run_key, error, false};
  }
}

TriedJob refuse_name(const QueuedJob& job) {
  const Error error(Code::REQUEST_ID_INVALID, job.key + " is no job: its name is not a request_id followed by .json",
                    {{"key", job.key}});
  return {job, shown_command(""), std::string(name_of(JobStatus::failed)), "", error, false};
}

}  // namespace mf::factory
