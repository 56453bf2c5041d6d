#include <algorithm>

#include "factory/job_queue.hpp"
#include "factory/records.hpp"
#include "factory/run_scope.hpp"
#include "factory/stage.hpp"
#include "mf/contracts/document.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/error.hpp"
#include "mf/factory/jobs.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::JobInvocationReceipt;
using contracts::JobRequest;
namespace layout = store::layout;

/// Jobs are for a worker, which asks the same of the profile.
void require_jobs_of(const Workshop& workshop, const std::string& platform_run_id) {
  static_cast<void>(require_job_scope(workshop));
  require_in_scope(workshop, platform_run_id);
}

JobRequest job_of(const Workshop& workshop, std::string_view command, const std::string& platform_run_id,
                  const std::string& request_id) {
  if (!is_job_id(request_id))
    throw Error(Code::REQUEST_ID_INVALID, "'" + request_id.substr(0, 64) + "' cannot be the request_id of a job");
  JobRequest job;
  job.request_id = request_id;
  job.command = command;
  job.platform_run_id = platform_run_id;
  job.submitted_at_utc = to_string(workshop.clock.now());
  job.run_config_digest = workshop.run_config_digest;
  return job;
}

/// mf.publish_retry.<run>.<time, to the second>: one job for each time that somebody asks.
std::string name_of_retry(const Workshop& workshop, const std::string& run_key) {
  std::string second = to_string(workshop.clock.now()).substr(0, std::string_view("2026-02-10T00:00:00").size());
  second.erase(std::remove_if(second.begin(), second.end(), [](char c) { return c == '-' || c == ':'; }), second.end());
  return "mf.publish_retry." + run_key + "." + second + "Z";
}

std::optional<std::string> ref_of(const ledger::RunState& state, const RecordKind& kind) {
  const auto* record = state.find(kind.name);
  return record == nullptr ? std::nullopt : std::optional(record->ref);
}

std::optional<JobRequest::PublishInputs> inputs_of(const ledger::RunState& state) {
  const JobRequest::PublishInputs inputs{ref_of(state, kPlan), ref_of(state, kGateReceipt),
                                         ref_of(state, kPublishEligibility)};
  return inputs.resolved_train_plan_ref ? std::optional(inputs) : std::nullopt;
}

/// Whether this very job is there already.
bool is_there(const Workshop& workshop, const JobRequest& job, const std::string& key) {
  std::string standing;
  try {
    const auto bytes = workshop.artifacts->find(key);
    if (!bytes) return false;
    standing = contracts::content_digest(contracts::read_job_request(*bytes, key));
  } catch (const Error& error) {
    if (error.row().category != "INPUT_ADMISSION") throw;
  }
  if (standing == contracts::content_digest(job)) return true;
  throw Error(Code::REQUEST_ID_PAYLOAD_MISMATCH,
              "request_id " + job.request_id + " already stands for another job of platform run " + job.platform_run_id,
              {{"request_id", job.request_id}, {"ref", key}},
              "Give the job another --request-id; a job is never changed. One that was written under another "
              "configuration is another job.");
}

/// First the platform run, by which workers find its jobs: a job that they do not find would never be answered.
/// False when the job was there already.
bool put(Workshop& workshop, const JobRequest& job, const std::string& key) {
  using Put = store::ArtifactStore::Put;
  workshop.artifacts->put_if_absent(layout::job_scope(job.platform_run_id), job.platform_run_id + "\n");
  if (is_there(workshop, job, key)) return false;
  const auto put = workshop.artifacts->put_if_absent(key, contracts::write(job));
  return put == Put::created || !is_there(workshop, job, key);
}

/// What became of a job that was asked for before.
void tell_answer(const Workshop& workshop, const JobRequest& job, Result& result) {
  const std::string key = layout::job_invocation(job.platform_run_id, job.request_id);
  const auto bytes = workshop.artifacts->find(key);
  if (!bytes) return;
  const auto receipt = contracts::read_json<JobInvocationReceipt>(*bytes, key);
  result.refs["job_invocation_ref"] = key;
  result.figures.emplace_back("status", receipt.status);
  result.lines.push_back("it was answered: " + receipt.status + (receipt.error ? ", " + receipt.error->code : "") +
                         "; to ask again, give another --request-id");
  result.next.clear();
}

Result enqueue(Workshop& workshop, const JobRequest& job, const std::string& run_key, bool dry_run) {
  const std::string key = layout::job_request(job.platform_run_id, job.request_id);
  const bool there = dry_run ? is_there(workshop, job, key) : !put(workshop, job, key);

  Result result;
  result.outcome = there ? "ALREADY_ENQUEUED" : dry_run ? "WOULD_ENQUEUE" : "ENQUEUED";
  result.run = run_key;
  result.refs = {{"request_ref", key}};
  result.figures = {{"request_id", job.request_id}, {"command", job.command}, {"platform_run", job.platform_run_id}};
  result.lines = {"job " + job.request_id + " of platform run " + job.platform_run_id + ": " + job.command};
  if (!dry_run) result.next = "mf work --once";
  if (there) tell_answer(workshop, job, result);
  return result;
}

}  // namespace

Result enqueue_train_build(Workshop& workshop, const contracts::TrainBuildRequest& request,
                           const EnqueueChoices& choices) {
  require_jobs_of(workshop, request.platform_run_id);
  auto job = job_of(workshop, contracts::kTrainBuild, request.platform_run_id,
                    choices.request_id.empty() ? request.request_id : choices.request_id);
  job.request = request;
  return enqueue(workshop, job, contracts::identity_of(request).run_id, choices.dry_run);
}

Result enqueue_publish_retry(Workshop& workshop, const layout::RunPlace& run, const EnqueueChoices& choices) {
  require_jobs_of(workshop, run.platform_run_id);
  const auto state = ledger::RunLog(*workshop.artifacts, workshop.clock, run).read();
  require_known(state, run.run_key);
  auto job = job_of(workshop, contracts::kPublishRetry, run.platform_run_id,
                    choices.request_id.empty() ? name_of_retry(workshop, run.run_key) : choices.request_id);
  job.run_key = run.run_key;
  job.publish_inputs = inputs_of(state);
  return enqueue(workshop, job, run.run_key, choices.dry_run);
}

}  // namespace mf::factory
