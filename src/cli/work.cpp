#include <memory>

#include "cli/command.hpp"
#include "cli/whole_number.hpp"
#include "mf/error.hpp"
#include "mf/factory/jobs.hpp"

namespace mf::cli {
namespace {

struct WorkOptions {
  bool once = false;
  factory::WorkChoices choices;
};

factory::Result work(Invocation& invocation, const WorkOptions& options) {
  if (!options.once)
    throw Error(Code::USAGE, "mf work needs --once: it answers the jobs that there are and ends", {},
                "Let a scheduler call `mf work --once` again and again; there is no daemon.");
  factory::require_sensible(options.choices);
  auto workshop = invocation.open_workshop();
  return factory::work(workshop, options.choices);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<WorkOptions>();
  app.add_flag("--once", options->once, "Answer the jobs that there are, then end (required: there is no daemon)")
      ->take_last();
  app.add_option("--limit", options->choices.limit, "Only N jobs; else the profile's request_batch_limit")
      ->type_name("N")
      ->check(whole_number());
  app.add_option("--platform-run-id", options->choices.platform_run_ids,
                 "Only jobs of this platform run; may be given more than once")
      ->type_name("ID")
      ->allow_extra_args(false);
  return [options](Invocation& invocation) { return work(invocation, *options); };
}

}  // namespace

Command work_command() {
  return {
      "work",
      kJobs,
      "Answer the jobs that wait in the store, one after the other, and end",
      "  mf work --once\n"
      "  mf work --once --limit 5 --json\n"
      "  mf work --once --platform-run-id platform_20260601T000000Z\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
