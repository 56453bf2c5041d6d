#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/request_file.hpp"
#include "cli/request_submission.hpp"
#include "mf/error.hpp"
#include "mf/factory/jobs.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

constexpr const char* kTrainBuild = "train-build";
constexpr const char* kPublishRetry = "publish-retry";

struct EnqueueOptions {
  std::string command, request, run;
  factory::EnqueueChoices choices;
};

/// A train-build needs a request, a publish-retry a run, and neither the other's.
void require_sound(const EnqueueOptions& options) {
  const bool trains = options.command == kTrainBuild;
  const std::string mf_enqueue = "mf enqueue " + options.command;
  if ((trains ? options.request : options.run).empty())
    throw Error(Code::USAGE, mf_enqueue + (trains ? " needs a request file" : " needs --run"), {},
                "See `mf enqueue --help`; examples come first.");
  if (!(trains ? options.run : options.request).empty())
    throw Error(Code::USAGE, mf_enqueue + (trains ? " takes no --run" : " takes no request file"), {},
                "A train-build is asked for with a request, a publish-retry with --run.");
}

factory::Result enqueue_train_build(Invocation& invocation, const EnqueueOptions& options) {
  const auto story = [&](factory::Workshop& workshop, const contracts::TrainBuildRequest& request) {
    return factory::enqueue_train_build(workshop, request, options.choices);
  };
  if (!options.choices.dry_run) return submit(invocation, {options.request, "enqueue"}, story);
  // A refusal is not recorded either.
  const auto request =
      invocation.read_request(read_request_file(options.request), name_of_request_file(options.request));
  auto workshop = invocation.open_workshop();
  return story(workshop, request);
}

factory::Result enqueue(Invocation& invocation, const EnqueueOptions& options) {
  require_sound(options);
  if (options.command == kTrainBuild) return enqueue_train_build(invocation, options);
  invocation.remember(options.run);
  auto workshop = invocation.open_workshop();
  return factory::enqueue_publish_retry(workshop, factory::find_run(workshop, options.run), options.choices);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<EnqueueOptions>();
  app.add_option("COMMAND", options->command, "What the worker is to do")
      ->required()
      ->option_text("train-build|publish-retry (required)")
      ->check(CLI::IsMember({kTrainBuild, kPublishRetry}));
  app.add_option("REQUEST", options->request, "The request file of a train-build; - is standard input")
      ->type_name("FILE");
  app.add_option("--run", options->run, "The run of a publish-retry, as mf told it: tr_ and 32 hex digits")
      ->type_name("RUN");
  app.add_option("--request-id", options->choices.request_id,
                 "Name of the job: 8 to 128 of A-Z a-z 0-9 _ . : -; else the request's own, or one of run and time")
      ->type_name("ID");
  app.add_flag("--dry-run", options->choices.dry_run, "Say what would be written, and write nothing");
  return [options](Invocation& invocation) { return enqueue(invocation, *options); };
}

}  // namespace

Command enqueue_command() {
  return {
      "enqueue",
      kJobs,
      "Leave a job in the store for a worker: a whole run, or one more try to publish",
      "  mf enqueue train-build request.json\n"
      "  mf enqueue train-build request.json --request-id nightly-0007-again\n"
      "  mf enqueue publish-retry --run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n",
      Shown::outcome_and_refs,
      set_up,
  };
}

}  // namespace mf::cli
