#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

/// The only run of the store; nothing where there are none or several. list_runs tells each run as a figure.
std::string only_run(const factory::Result& listed) {
  return listed.figures.size() == 1 ? listed.figures[0].first : "";
}

factory::Result status_of_store(Invocation& invocation) {
  auto workshop = invocation.open_workshop();
  auto listed = factory::list_runs(workshop);
  const auto run = only_run(listed);
  if (run.empty()) return listed;
  return factory::status(workshop, factory::find_run(workshop, run));
}

factory::Result status(Invocation& invocation, const RunChoice& choice) {
  if (choice.request.empty() && choice.run.empty()) return status_of_store(invocation);
  return tell(invocation, choice, "status", factory::status);
}

Action set_up(CLI::App& app) {
  const auto choice = std::make_shared<RunChoice>();
  add_run_choice(app, *choice);
  return [choice](Invocation& invocation) { return status(invocation, *choice); };
}

}  // namespace

Command status_command() {
  return {
      "status",
      kCorridor,
      "Say where a run is, what failed last, and what to do next",
      "  mf status\n"
      "  mf status request.json\n"
      "  mf status --run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
