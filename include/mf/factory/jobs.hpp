#pragma once
// Jobs: what a launcher asks for in the store, and the worker that answers.
//
// Room: factory.  docs/formats/job_request.v0.md, job_invocation_receipt.v0.md; docs/cli/enqueue.md, work.md.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/train_build_request.hpp"
#include "mf/factory/result.hpp"
#include "mf/factory/workshop.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {

struct EnqueueChoices {
  std::string request_id;  ///< of the job; empty: the request's own, or one that names run and time
  bool dry_run = false;    ///< nothing is written
};

/// Puts a job into the store that asks for the whole corridor of `request`. Nothing is worked on.
/// Outcome ENQUEUED; ALREADY_ENQUEUED when this very job is there; WOULD_ENQUEUE for a dry run. Throws PROFILE_INVALID
/// where the profile does not say whose jobs these are, RUN_SCOPE_INVALID for another platform run than the profile's,
/// REQUEST_ID_INVALID for an id that cannot be a job's, REQUEST_ID_PAYLOAD_MISMATCH when the id stands for another job.
Result enqueue_train_build(Workshop& workshop, const contracts::TrainBuildRequest& request,
                           const EnqueueChoices& choices);

/// Puts a job into the store that asks for one more try to publish `run`, with the evidence that its log names now.
/// Outcomes and failures as enqueue_train_build; RUN_NOT_FOUND when nothing is recorded of the run.
Result enqueue_publish_retry(Workshop& workshop, const store::layout::RunPlace& run, const EnqueueChoices& choices);

struct WorkChoices {
  std::optional<std::int64_t> limit;          ///< jobs at most; nothing: the profile's request_batch_limit
  std::vector<std::string> platform_run_ids;  ///< whose jobs; none: all that the profile lets this worker do
};

/// Throws USAGE for a limit below 1.
void require_sensible(const WorkChoices& choices);

/// Answers the jobs that have no answer yet, one after the other in the byte order of their names, each with a receipt
/// that is written once. A job that fails, or is no job at all, keeps none of the others from being worked on. What is
/// transient is no answer: the job waits for the next call. Jobs that another process works on are passed over.
/// The table has a row for each job that was looked at. Outcome NOTHING_TO_DO; WORKED (exit status 1 when a job ended
/// with FAILED or GATE_FAIL); WAITING (75) with the first reason as failure, when not every one could be answered.
/// Throws PROFILE_INVALID where the profile lacks required_platform_run_id or launcher, RUN_SCOPE_INVALID for a
/// platform run that it does not allow, what listing the jobs throws, and what keeps every answer from being written.
Result work(Workshop& workshop, const WorkChoices& choices);

}  // namespace mf::factory
