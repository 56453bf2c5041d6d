#include "cli/run_choice.hpp"

#include "cli/request_file.hpp"
#include "cli/request_submission.hpp"
#include "mf/error.hpp"
#include "mf/factory/export_signals.hpp"

namespace mf::cli {
namespace {

void require_one(const RunChoice& choice, const std::string& command) {
  if (choice.request.empty() != choice.run.empty()) return;
  const bool none = choice.run.empty();
  throw Error(Code::USAGE,
              none ? "mf " + command + " needs a request file or --run, and got neither"
                   : "mf " + command + " takes a request file or --run, not both",
              {}, "Write `mf " + command + " REQUEST` or `mf " + command + " --run tr_...`; `mf runs` lists the runs.");
}

/// A run's name is no name of a request file.
bool is_run_name(const std::string& word) {
  return word.size() == 35 && word.starts_with("tr_") &&
         word.find_first_not_of("0123456789abcdef", 3) == std::string::npos;
}

}  // namespace

void add_run_choice(CLI::App& app, RunChoice& choice) {
  app.add_option("REQUEST", choice.request, "The request file of the run; - is standard input")->type_name("FILE");
  add_run_option(app, choice);
}

void add_run_option(CLI::App& app, RunChoice& choice) {
  app.add_option("--run", choice.run, "The run, as mf told it: tr_ and 32 hex digits")->type_name("RUN");
}

void add_looking_choice(CLI::App& app, RunChoice& choice) {
  app.add_option("RUN", choice.request, "The run, or its request file; - is a request on standard input")
      ->type_name("RUN");
  add_run_option(app, choice);
}

store::layout::RunPlace place_of(Invocation& invocation, const RunChoice& choice) {
  if (choice.run.empty() && !is_run_name(choice.request)) {
    const auto request =
        invocation.read_request(read_request_file(choice.request), name_of_request_file(choice.request));
    return {request.platform_run_id, contracts::identity_of(request).run_id};
  }
  const std::string& run = choice.run.empty() ? choice.request : choice.run;
  invocation.remember(run);
  return {"", run};
}

factory::Result tell(Invocation& invocation, const RunChoice& choice, const std::string& command, Story story) {
  require_one(choice, command);
  if (!choice.request.empty())
    return submit(invocation, {choice.request, command}, [story](auto& workshop, const auto& request) {
      return story(workshop, factory::admit(workshop, request));
    });
  invocation.remember(choice.run);
  auto workshop = invocation.open_workshop();
  const auto place = factory::find_run(workshop, choice.run);
  const factory::SignalsAtEnd signals(workshop, place.platform_run_id);
  return story(workshop, place);
}

}  // namespace mf::cli
