#include "cli/command.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

factory::Result runs(Invocation& invocation) {
  auto workshop = invocation.open_workshop();
  return factory::list_runs(workshop);
}

Action set_up(CLI::App&) { return runs; }

}  // namespace

Command runs_command() {
  return {
      "runs",
      kCorridor,
      "List the runs of the store, newest change first",
      "  mf runs\n"
      "  mf --profile demo/mf.yaml runs --json\n",
      Shown::lines,
      set_up,
  };
}

}  // namespace mf::cli
