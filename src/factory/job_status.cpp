#include "factory/job_status.hpp"

#include <array>

#include "factory/intent.hpp"
#include "factory/pending.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;
using ledger::State;

struct Ends {
  JobStatus own, already;
};

std::optional<Ends> ends_of(const RunState& state) {
  if (state.state == State::published) return Ends{JobStatus::done, JobStatus::already_published};
  if (state.state == State::fail) {
    const bool judged = state.end->terminal_class == ledger::TerminalClass::failed_gates;
    return Ends{judged ? JobStatus::gate_fail : JobStatus::failed, JobStatus::already_fail};
  }
  if (is_pending(state)) return Ends{JobStatus::publish_pending, JobStatus::already_publish_pending};
  const bool goes_no_further = !state.publish_allowed || only_evaluates(state);
  if (state.state == State::pass && goes_no_further) return Ends{JobStatus::pass_no_publish, JobStatus::already_pass};
  return {};
}

}  // namespace

std::string_view name_of(JobStatus status) {
  constexpr std::array<std::string_view, 9> kNames = {
      "DONE",         "GATE_FAIL",    "PASS_NO_PUBLISH",        "PUBLISH_PENDING", "FAILED", "ALREADY_PUBLISHED",
      "ALREADY_PASS", "ALREADY_FAIL", "ALREADY_PUBLISH_PENDING"};
  return kNames[static_cast<std::size_t>(status)];
}

std::optional<JobStatus> status_of(const RunState& state, bool taken) {
  const auto ends = ends_of(state);
  if (!ends) return {};
  return taken ? ends->own : ends->already;
}

}  // namespace mf::factory
