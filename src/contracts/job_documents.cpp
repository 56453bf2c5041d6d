#include "mf/contracts/job_documents.hpp"

#include "contracts/describe_shared.hpp"
#include "contracts/document_io.hpp"
#include "contracts/field_fault.hpp"
#include "contracts/request_fields.hpp"

namespace mf::contracts {

template <class V>
void describe(V& visit, JobRequest::PublishInputs& inputs) {
  visit("resolved_train_plan_ref", inputs.resolved_train_plan_ref);
  visit("gate_receipt_ref", inputs.gate_receipt_ref);
  visit("publish_eligibility_ref", inputs.publish_eligibility_ref);
}

template <class V>
void describe(V& visit, JobRequest& job) {
  visit("schema_version", job.schema_version);
  visit("request_id", job.request_id);
  visit("command", job.command);
  visit("platform_run_id", job.platform_run_id);
  visit("submitted_at_utc", job.submitted_at_utc);
  visit("run_config_digest", job.run_config_digest);
  visit("request", job.request);
  visit("run_key", job.run_key);
  visit("publish_inputs", job.publish_inputs);
  visit("execution_started_at_utc", job.execution_started_at_utc);
  visit("published_at_utc", job.published_at_utc);
}

template <class V>
void describe(V& visit, JobInvocationReceipt::Worker& worker) {
  visit("stream_id", worker.stream_id);
  visit("service_release_id", worker.service_release_id);
  visit("launcher_policy_id", worker.launcher_policy_id);
  visit("launcher_policy_revision", worker.launcher_policy_revision);
}

template <class V>
void describe(V& visit, JobInvocationReceipt::Failure& failure) {
  visit("code", failure.code);
  visit("message", failure.message);
}

template <class V>
void describe(V& visit, JobInvocationReceipt& receipt) {
  visit("schema_version", receipt.schema_version);
  visit("request_id", receipt.request_id);
  visit("command", receipt.command);
  visit("platform_run_id", receipt.platform_run_id);
  visit("status", receipt.status);
  visit("started_at_utc", receipt.started_at_utc);
  visit("completed_at_utc", receipt.completed_at_utc);
  visit("request_ref", receipt.request_ref);
  visit("run_config_digest", receipt.run_config_digest);
  visit("worker", receipt.worker);
  visit("refs", receipt.refs);
  visit("details", receipt.details);
  visit("run_key", receipt.run_key);
  visit("error", receipt.error);
}

MF_DOCUMENT(JobRequest)
MF_DOCUMENT(JobInvocationReceipt)

namespace {

JobRequest read_fields(std::string_view bytes, const std::string& where) {
  try {
    return read_json<JobRequest>(bytes, where);
  } catch (const Error& error) {
    rethrow_by_field(error, "/request");
  }
}

TrainBuildRequest read_request_of_job(const TrainBuildRequest& request, const std::string& where) {
  try {
    return read_request(request_json(request), where + ": /request");
  } catch (const Error& error) {
    auto context = error.context();
    if (const auto pointer = context.find("pointer"); pointer != context.end()) pointer->second.insert(0, "/request");
    throw Error(error.code(), error.message(), std::move(context), error.hint());
  }
}

/// Each command has its own fields, and none of the other's.
void require_fields_of_command(const JobRequest& job, const std::string& where) {
  const bool trains = job.command == kTrainBuild;
  const auto check = [&](const char* pointer, bool there, bool belongs, bool needed) {
    if (there && !belongs) refuse_field(Code::REQUEST_INVALID, where, pointer, "does not belong to a " + job.command);
    if (!there && needed)
      refuse_field(Code::REQUEST_INVALID, where, pointer, "is missing; a " + job.command + " needs it");
  };
  check("/request", job.request.has_value(), trains, trains);
  check("/run_key", job.run_key.has_value(), !trains, !trains);
  check("/publish_inputs", job.publish_inputs.has_value(), !trains, false);
}

void require_ref_if_there(const std::optional<std::string>& ref, const std::string& where, const char* pointer) {
  if (ref) require_ref(*ref, where, pointer);
}

}  // namespace

JobRequest read_job_request(std::string_view bytes, const std::string& where) {
  JobRequest job = read_fields(bytes, where);
  require_fields_of_command(job, where);
  if (job.request) {
    job.request = read_request_of_job(*job.request, where);
    if (job.request->platform_run_id != job.platform_run_id)
      refuse_field(Code::RUN_SCOPE_INVALID, where, "/request/platform_run_id",
                   "should be the job's own platform_run_id");
  }
  if (job.publish_inputs) {
    const auto& inputs = *job.publish_inputs;
    require_ref_if_there(inputs.resolved_train_plan_ref, where, "/publish_inputs/resolved_train_plan_ref");
    require_ref_if_there(inputs.gate_receipt_ref, where, "/publish_inputs/gate_receipt_ref");
    require_ref_if_there(inputs.publish_eligibility_ref, where, "/publish_inputs/publish_eligibility_ref");
  }
  return job;
}

}  // namespace mf::contracts
