#include "factory/job_commands.hpp"
#include "factory/job_taking.hpp"
#include "mf/factory/stories.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;

/// The job's own failure; nothing where it ended the run, which then tells it.
std::optional<Error> go_on(Workshop& workshop, const contracts::TrainBuildRequest& request) {
  try {
    whole_run(workshop, request);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    return error;
  }
  return {};
}

}  // namespace

JobAnswer train_build(Workshop& workshop, const QueuedJob& job, const contracts::JobRequest& document) {
  const auto run = admit(workshop, *document.request);
  ledger::RunLog log(*workshop.artifacts, workshop.clock, run);
  const auto goes_on = [](const RunState& state) { return !status_of(state, false); };
  auto state = take_up(workshop, log, job, document.command, goes_on);
  const bool taken = state.taken_jobs.contains(job.request_id);
  // Whoever worked on it may have been killed right after its last event.
  log.seal();

  std::optional<Error> failure;
  if (goes_on(state)) {
    failure = go_on(workshop, *document.request);
    state = log.read();
  }
  const auto status = status_of(state, taken);
  if (status) return answer_of(state, run.run_key, *status);
  return failed_by(failure.value(), state, run.run_key);
}

}  // namespace mf::factory
