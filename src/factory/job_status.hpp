#pragma once
// How a job ended, by the state that its run has come to.
// docs/formats/job_invocation_receipt.v0.md.

#include <cstdint>
#include <optional>
#include <string_view>

#include "mf/ledger/run_state.hpp"

namespace mf::factory {

enum class JobStatus : std::uint8_t {
  done,
  gate_fail,
  pass_no_publish,
  publish_pending,
  failed,
  already_published,
  already_pass,
  already_fail,
  already_publish_pending,
};

/// As a receipt writes it.
std::string_view name_of(JobStatus status);

/// Where a run in `state` leaves a job; nothing while the corridor goes on from there. `taken`: the job took the run up
/// before it came to this state, so that the end is the job's own.
std::optional<JobStatus> status_of(const ledger::RunState& state, bool taken);

}  // namespace mf::factory
