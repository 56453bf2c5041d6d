#include <algorithm>

#include "factory/job_commands.hpp"
#include "factory/job_taking.hpp"
#include "factory/pending.hpp"
#include "factory/records.hpp"
#include "factory/stage.hpp"
#include "mf/factory/stories.hpp"
#include "mf/identity/ref.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;

store::layout::RunPlace run_of(const Workshop& workshop, const contracts::JobRequest& document) {
  auto run = find_run(workshop, *document.run_key);
  if (run.platform_run_id == document.platform_run_id) return run;
  throw Error(
      Code::RUN_SCOPE_INVALID,
      "run " + run.run_key + " is of platform run " + run.platform_run_id + ", the job of " + document.platform_run_id,
      {{"run", run.run_key}, {"expected", document.platform_run_id}, {"observed", run.platform_run_id}});
}

/// Evidence is what the log says: what a job names beside it must be the same.
void require_recorded_as(const std::optional<std::string>& text, const RunState& state, const RecordKind& kind,
                         const std::string& run) {
  if (!text) return;
  const auto* record = state.find(kind.name);
  const auto context = Error::Context{{"run", run}, {"ref", *text}};
  if (record == nullptr) throw Error(kind.missing, "run " + run + " has no " + kind.name + " yet", context);
  const auto given = identity::parse_ref(*text, kind.name);
  const bool same_bytes = !given.pin || identity::to_hex(*given.pin) == record->sha256;
  if (given.location != record->ref || !same_bytes)
    throw Error(kind.changed, *text + " is not the recorded " + kind.name + " of run " + run, context);
}

void require_recorded_inputs(const contracts::JobRequest& document, const RunState& state) {
  if (!document.publish_inputs) return;
  const auto& inputs = *document.publish_inputs;
  require_recorded_as(inputs.resolved_train_plan_ref, state, kPlan, *document.run_key);
  require_recorded_as(inputs.gate_receipt_ref, state, kGateReceipt, *document.run_key);
  require_recorded_as(inputs.publish_eligibility_ref, state, kPublishEligibility, *document.run_key);
}

/// Whether the try of a job that took the run up with event `taken` was made, and came to nothing: then it is not made
/// again, whoever was to tell.
bool was_tried(const std::vector<contracts::LedgerEvent>& events, std::int64_t taken) {
  return std::any_of(events.begin(), events.end(), [&](const contracts::LedgerEvent& event) {
    return event.sequence > taken && (event.event == name_of(ledger::Event::publish_pending) ||
                                      event.event == name_of(ledger::Event::publish_retry_exhausted));
  });
}

/// The answer by the log: a budget that was spent before the try is the job's failure, the registry's silence is not.
JobAnswer answer_after_try(const RunState& state, const std::string& run) {
  const bool spent =
      is_pending(state) && state.failure && state.failure->code == row_of(Code::PUBLISH_RETRY_EXHAUSTED).name;
  return answer_of(state, run, spent ? JobStatus::failed : status_of(state, true).value());
}

[[noreturn]] void refuse_ended(const RunState& state, const std::string& run) {
  throw Error(Code::RETRY_NOT_PENDING,
              "run " + run + " has no pending publication; it is " + std::string(name_of(state.state)),
              {{"run", run}, {"state", std::string(name_of(state.state))}});
}

}  // namespace

JobAnswer publish_retry(Workshop& workshop, const QueuedJob& job, const contracts::JobRequest& document) {
  const auto run = run_of(workshop, document);
  ledger::RunLog log(*workshop.artifacts, workshop.clock, run);
  require_known(log.read(), run.run_key);
  require_recorded_inputs(document, log.read());
  const auto state = take_up(workshop, log, job, document.command, is_pending);
  log.seal();

  const auto taken = state.taken_jobs.find(job.request_id);
  if (taken == state.taken_jobs.end() && state.is_over()) refuse_ended(state, run.run_key);
  const bool told = taken != state.taken_jobs.end() && (state.is_over() || was_tried(log.events(), taken->second));
  if (told) return answer_after_try(state, run.run_key);
  try {
    retry_publication(workshop, run);
  } catch (const Error& error) {
    if (error.row().transient()) throw;
    const auto now = log.read();
    if (!now.is_over()) return failed_by(error, now, run.run_key);
  }
  return answer_after_try(log.read(), run.run_key);
}

}  // namespace mf::factory
