#include "cli/request_submission.hpp"

#include "cli/request_file.hpp"
#include "mf/error.hpp"
#include "mf/factory/export_signals.hpp"
#include "mf/factory/rejection.hpp"

namespace mf::cli {
namespace {

using contracts::RequestRejection;

void keep(Invocation& invocation, const RequestRejection& rejection) {
  try {
    auto workshop = invocation.open_workshop();
    invocation.remember_ref("request_rejection_ref", factory::keep_rejection(workshop, rejection));
  } catch (const Error& error) {
    if (error.code() == Code::PROFILE_MISSING) return;
    invocation.journal().warn("the refusal of the request could not be recorded: " + error.message(),
                              {{"code", std::string(error.row().name)}});
  }
}

/// Records that the request in `bytes` is refused for `refusal`, which stays what it is.
void record(Invocation& invocation, const std::string& bytes, const std::string& command, const Error& refusal) {
  if (const auto rejection = factory::rejection_of(bytes, command, refusal)) keep(invocation, *rejection);
}

/// The request is checked before anything is opened: its faults are the user's, whatever the store is like.
contracts::TrainBuildRequest read(Invocation& invocation, const RequestSubmission& submission,
                                  const std::string& bytes) {
  try {
    return invocation.read_request(bytes, name_of_request_file(submission.file));
  } catch (const Error& error) {
    record(invocation, bytes, submission.command, error);
    throw;
  }
}

}  // namespace

factory::Result submit(Invocation& invocation, const RequestSubmission& submission, const RequestStory& story) {
  const std::string bytes = read_request_file(submission.file);
  const auto request = read(invocation, submission, bytes);
  auto workshop = invocation.open_workshop();
  const factory::SignalsAtEnd signals(workshop, request.platform_run_id);
  try {
    return story(workshop, request);
  } catch (const Error& error) {
    // Whatever else is thrown from here on, the run tells.
    if (error.code() == Code::REQUEST_ID_PAYLOAD_MISMATCH) record(invocation, bytes, submission.command, error);
    throw;
  }
}

}  // namespace mf::cli
