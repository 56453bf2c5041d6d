#include <memory>

#include "cli/command.hpp"
#include "cli/whole_number.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

using factory::RunFilter;

factory::Result runs(Invocation& invocation, const RunFilter& filter) {
  factory::require_sensible(filter);
  auto workshop = invocation.open_workshop();
  return factory::list_runs(workshop, filter);
}

Action set_up(CLI::App& app) {
  const auto filter = std::make_shared<RunFilter>();
  app.add_option("--state", filter->states, "Only runs in this state; may be given more than once")
      ->type_name("STATE")
      ->allow_extra_args(false);
  app.add_option("--platform-run", filter->platform_run_id, "Only runs of this platform run")->type_name("ID");
  app.add_option("--since", filter->since, "Only runs that changed then or later, such as 2026-02-10T00:00:00Z")
      ->type_name("TIME");
  app.add_option("--failed-with", filter->failed_with, "Only runs whose last failure has this code")->type_name("CODE");
  app.add_option("--limit", filter->limit, "Only the first N of them")->type_name("N")->check(whole_number());
  return [filter](Invocation& invocation) { return runs(invocation, *filter); };
}

}  // namespace

Command runs_command() {
  return {
      "runs",
      kCorridor,
      "List the runs of the store, newest change first",
      "  mf runs\n"
      "  mf runs --state PUBLISH_PENDING --state QUEUED\n"
      "  mf runs --since 2026-02-10T00:00:00Z --limit 20 --json\n",
      Shown::lines,
      set_up,
  };
}

}  // namespace mf::cli
