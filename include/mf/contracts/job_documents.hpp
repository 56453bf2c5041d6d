#pragma once
// What a launcher asks of a worker, and what the worker answers: one job each.
//
// Room: contracts.  docs/formats/job_request.v0.md, job_invocation_receipt.v0.md. (c): circumstance.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mf/contracts/train_build_request.hpp"

namespace mf::contracts {

// What a job can ask for.
inline constexpr std::string_view kTrainBuild = "train_build";
inline constexpr std::string_view kPublishRetry = "publish_retry";

struct JobRequest {
  struct PublishInputs {
    std::optional<std::string> resolved_train_plan_ref, gate_receipt_ref, publish_eligibility_ref;
  };
  std::string schema_version = "learning.mf_job_request.v0";
  std::string request_id;
  std::string command;  ///< train_build or publish_retry
  std::string platform_run_id;
  std::string submitted_at_utc;  // (c)
  std::string run_config_digest;
  std::optional<TrainBuildRequest> request;                               ///< of a train_build
  std::optional<std::string> run_key;                                     ///< of a publish_retry
  std::optional<PublishInputs> publish_inputs;                            ///< of a publish_retry
  std::optional<std::string> execution_started_at_utc, published_at_utc;  // (c)
};

struct JobInvocationReceipt {
  using Detail = std::variant<bool, std::int64_t, double, std::string>;
  struct Worker {
    std::string stream_id, service_release_id, launcher_policy_id, launcher_policy_revision;
  };
  struct Failure {
    std::string code;
    std::string message;  // (c)
  };
  std::string schema_version = "learning.mf_job_invocation_receipt.v0";
  std::string request_id, command, platform_run_id;
  std::string status;
  std::string started_at_utc, completed_at_utc;  // (c)
  std::string request_ref, run_config_digest;
  Worker worker;  // (c)
  std::map<std::string, std::string> refs;
  std::map<std::string, Detail> details;
  std::optional<std::string> run_key;
  std::optional<Failure> error;
};

/// Reads a job. Beyond its schema: a train_build carries a request that read_request takes, of the job's own platform
/// run; a publish_retry names its run; neither carries what belongs to the other.
/// Throws REQUEST_INVALID, RUN_SCOPE_INVALID, REF_INVALID, or what read_request throws.
JobRequest read_job_request(std::string_view bytes, const std::string& where);

}  // namespace mf::contracts
