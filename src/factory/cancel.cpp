#include "factory/cancellation.hpp"
#include "factory/run_scope.hpp"
#include "factory/stage.hpp"
#include "mf/factory/stories.hpp"
#include "mf/redaction.hpp"

namespace mf::factory {
namespace {

using ledger::RunState;

Result told(const RunState& state, const store::layout::RunPlace& run, const std::string& outcome) {
  auto result = result_of(state, run, outcome);
  const auto& [principal, reason, at_utc] = *state.cancellation;
  result.figures = {{"principal", principal}, {"reason", reason}, {"requested_at_utc", at_utc}};
  result.lines.push_back("canceled by " + principal + ": " + reason);
  return result;
}

/// The answer about a run that has ended, by this order, an earlier one, or in its own way.
std::optional<Result> recall_end(const Desk& desk, const RunState& state) {
  if (!state.is_over()) return {};
  if (state.end->terminal_class == ledger::TerminalClass::canceled) return told(state, desk.run, "CANCELED");
  auto result = result_of(state, desk.run, std::string(name_of(state.state)));
  result.lines.push_back("too late: the run had ended already, as " + std::string(name_of(state.end->terminal_class)));
  return result;
}

Result too_late(const Stage& stage, const RunState& state) {
  auto result = result_of(state, stage.run, std::string(name_of(state.state)));
  result.lines.emplace_back("too late: the registry has the bundle, only the ledger does not say so yet");
  result.next = "mf publish --run " + stage.run.run_key;
  return result;
}

Result requested(const RunState& state, const store::layout::RunPlace& run) {
  auto result = told(state, run, "CANCEL_REQUESTED");
  result.lines.emplace_back(
      "a process is working on the run; it ends it at its next step, or whoever takes it over does");
  result.next = "mf status --run " + run.run_key;
  return result;
}

}  // namespace

Result cancel(Workshop& workshop, const store::layout::RunPlace& run, const CancelOrder& order) {
  require_in_scope(workshop, run.platform_run_id);
  ledger::RunLog log(*workshop.artifacts, workshop.clock, run);
  require_known(log.read(), run.run_key);
  ledger::Detail detail{{"principal", order.principal}, {"reason", redacted(order.reason)}};
  attribute(detail, attribution_of(workshop));
  log.append_while(ledger::Event::cancel_requested, detail,
                   [](const RunState& now) { return !now.is_over() && !now.cancellation; });
  try {
    return staged(workshop, run, {"cancel", "", recall_end, too_late});
  } catch (const Error& error) {
    const auto state = log.read();
    if (auto end = recall_end({workshop, run}, state)) return *end;
    if (error.code() == Code::LEASE_HELD) return requested(state, run);
    throw;
  }
}

}  // namespace mf::factory
