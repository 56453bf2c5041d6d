#pragma once
// What a worker answers to a job.

#include <map>
#include <optional>
#include <string>

#include "factory/job_status.hpp"
#include "mf/contracts/job_documents.hpp"
#include "mf/error.hpp"

namespace mf::factory {

struct JobAnswer {
  JobStatus status = JobStatus::failed;
  std::string run_key;                      ///< empty where no run is known
  std::map<std::string, std::string> refs;  ///< the documents of the run, by their names in docs/formats/layout.md
  std::map<std::string, contracts::JobInvocationReceipt::Detail> details;
  std::optional<Error> error;  ///< why it failed, or is pending
};

/// The answer by what is recorded of the run alone, so that it is the same whoever gives it.
JobAnswer answer_of(const ledger::RunState& state, const std::string& run_key, JobStatus status);

/// The answer to a job that failed with `error` while the run goes on being in `state`.
JobAnswer failed_by(const Error& error, const ledger::RunState& state, const std::string& run_key);

}  // namespace mf::factory
