#pragma once
// The log of a run says which jobs took it up: so that a worker knows later whether an end is the job's own.

#include <string>

#include "factory/job_queue.hpp"
#include "factory/run_scope.hpp"
#include "mf/ledger/run_log.hpp"

namespace mf::factory {

/// Records that `job` takes the run up, once, as long as its state is one that `is_for_it`. Returns the state then.
template <class IsForIt>
ledger::RunState take_up(const Workshop& workshop, ledger::RunLog& log, const QueuedJob& job, std::string_view command,
                         IsForIt is_for_it) {
  ledger::Detail detail{{"request_id", job.request_id}, {"request_ref", job.key}, {"command", std::string(command)}};
  attribute(detail, attribution_of(workshop));
  return log.append_while(ledger::Event::job_taken, detail, [&](const ledger::RunState& now) {
    return !now.taken_jobs.contains(job.request_id) && is_for_it(now);
  });
}

}  // namespace mf::factory
