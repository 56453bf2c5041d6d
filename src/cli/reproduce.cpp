#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"
#include "cli/whole_number.hpp"
#include "mf/error.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

constexpr int kMostThreads = 1024;  // as the platform profile

struct ReproduceOptions {
  RunChoice choice;
  factory::ReproduceChoices how;
};

void require_one(const RunChoice& choice) {
  if (choice.request.empty() != choice.run.empty()) return;
  throw Error(Code::USAGE,
              choice.run.empty() ? "mf reproduce needs a run or its request file, and got neither"
                                 : "mf reproduce takes one run, and got two",
              {}, "Write `mf reproduce tr_...` or `mf reproduce REQUEST`; `mf runs` lists the runs.");
}

factory::Result reproduce(Invocation& invocation, const ReproduceOptions& options) {
  require_one(options.choice);
  auto place = place_of(invocation, options.choice);
  auto workshop = invocation.open_workshop();
  return factory::reproduce(workshop, std::move(place), options.how);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<ReproduceOptions>();
  add_looking_choice(app, options->choice);
  app.add_option("--threads", options->how.threads, "Threads for the rebuild (as the profile says unless given)")
      ->type_name("N")
      ->check(whole_number())
      ->check(CLI::Range(1, kMostThreads));
  app.add_option("--keep", options->how.keep, "Keep the rebuilt run in this new or empty folder")->type_name("DIR");
  return [options](Invocation& invocation) { return reproduce(invocation, *options); };
}

}  // namespace

Command reproduce_command() {
  return {
      "reproduce",
      kCorridor,
      "Make a run again from its locked plan, and name the first difference",
      "  mf reproduce tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n"
      "  mf reproduce request.json --threads 1\n"
      "  mf reproduce request.json --keep rebuilt --json\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
