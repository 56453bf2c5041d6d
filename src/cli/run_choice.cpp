#include "cli/run_choice.hpp"

#include <optional>

#include "mf/error.hpp"

namespace mf::cli {
namespace {

std::optional<contracts::TrainBuildRequest> read_chosen(Invocation& invocation, const RunChoice& choice) {
  if (!choice.request.empty()) return invocation.read_request(choice.request);
  invocation.remember(choice.run);
  return {};
}

void require_one(const RunChoice& choice, const std::string& command) {
  if (choice.request.empty() != choice.run.empty()) return;
  const bool none = choice.run.empty();
  throw Error(Code::USAGE,
              none ? "mf " + command + " needs a request file or --run, and got neither"
                   : "mf " + command + " takes a request file or --run, not both",
              {}, "Write `mf " + command + " REQUEST` or `mf " + command + " --run tr_...`; `mf runs` lists the runs.");
}

}  // namespace

void add_run_choice(CLI::App& app, RunChoice& choice) {
  app.add_option("REQUEST", choice.request, "The request file of the run; - is standard input")->type_name("FILE");
  add_run_option(app, choice);
}

void add_run_option(CLI::App& app, RunChoice& choice) {
  app.add_option("--run", choice.run, "The run, as mf told it: tr_ and 32 hex digits")->type_name("RUN");
}

factory::Result tell(Invocation& invocation, const RunChoice& choice, const std::string& command, Story story) {
  require_one(choice, command);
  // The request is checked before anything is opened: its faults are the user's, whatever the store is like.
  const auto request = read_chosen(invocation, choice);
  auto workshop = invocation.open_workshop();
  return story(workshop, request ? factory::admit(workshop, *request) : factory::find_run(workshop, choice.run));
}

}  // namespace mf::cli
