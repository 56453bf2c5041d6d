#include "factory/job_receipt.hpp"

#include "mf/contracts/document.hpp"
#include "mf/observability/printable.hpp"
#include "mf/redaction.hpp"
#include "mf/store/layout.hpp"

namespace mf::factory {
namespace {

using contracts::JobInvocationReceipt;

JobInvocationReceipt::Worker worker_of(const contracts::PlatformProfile& profile) {
  const auto& launcher = profile.launcher.value();
  return {launcher.stream_id, profile.service_release_id, launcher.policy_id, launcher.revision};
}

}  // namespace

std::string shown_command(const std::string& command) {
  constexpr std::size_t kLongest = 64;
  return command.empty() ? "UNKNOWN" : observability::printable(redacted(command).substr(0, kLongest));
}

JobInvocationReceipt receipt_of(const Workshop& workshop, const QueuedJob& job, const std::string& command,
                                const std::string& started_at_utc, const JobAnswer& answer) {
  JobInvocationReceipt receipt;
  receipt.request_id = job.request_id;
  receipt.command = shown_command(command);
  receipt.platform_run_id = job.platform_run_id;
  receipt.status = name_of(answer.status);
  receipt.started_at_utc = started_at_utc;
  receipt.completed_at_utc = to_string(workshop.clock.now());
  receipt.request_ref = job.key;
  receipt.run_config_digest = workshop.run_config_digest;
  receipt.worker = worker_of(workshop.profile);
  receipt.refs = answer.refs;
  receipt.details = answer.details;
  if (!answer.run_key.empty()) receipt.run_key = answer.run_key;
  if (answer.error)
    receipt.error = {std::string(answer.error->row().name), observability::shortened(*answer.error).message()};
  return receipt;
}

bool keep_receipt(Workshop& workshop, const JobInvocationReceipt& receipt) {
  const std::string key = store::layout::job_invocation(receipt.platform_run_id, receipt.request_id);
  return workshop.artifacts->put_if_absent(key, contracts::write(receipt)) == store::ArtifactStore::Put::created;
}

}  // namespace mf::factory
