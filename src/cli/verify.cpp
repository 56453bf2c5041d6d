#include <memory>

#include "cli/command.hpp"
#include "cli/request_file.hpp"
#include "cli/run_choice.hpp"
#include "mf/error.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

struct VerifyOptions {
  RunChoice choice;
  bool inputs = false;
  bool all = false;
};

/// A run's name is no name of a request file.
bool is_run_name(const std::string& word) {
  return word.size() == 35 && word.starts_with("tr_") &&
         word.find_first_not_of("0123456789abcdef", 3) == std::string::npos;
}

void require_one(const VerifyOptions& options) {
  const auto& [request, run] = options.choice;
  const int given = (request.empty() ? 0 : 1) + (run.empty() ? 0 : 1) + (options.all ? 1 : 0);
  if (given == 1) return;
  throw Error(Code::USAGE,
              given == 0 ? "mf verify needs a run, a request file or --all, and got none of them"
                         : "mf verify takes one of a run, a request file and --all",
              {}, "Write `mf verify tr_...`, `mf verify REQUEST` or `mf verify --all`; `mf runs` lists the runs.");
}

/// A request is only read: nothing is admitted by looking.
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

factory::Result verify(Invocation& invocation, const VerifyOptions& options) {
  require_one(options);
  if (!options.all) {
    auto place = place_of(invocation, options.choice);
    auto workshop = invocation.open_workshop();
    return factory::verify(workshop, std::move(place), options.inputs);
  }
  auto workshop = invocation.open_workshop();
  return factory::verify_all(workshop, options.inputs);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<VerifyOptions>();
  app.add_option("RUN", options->choice.request, "The run, or its request file; - is a request on standard input")
      ->type_name("RUN");
  app.add_option("--run", options->choice.run, "The run, as mf told it: tr_ and 32 hex digits")->type_name("RUN");
  app.add_flag("--inputs", options->inputs, "Read and hash the inputs too: manifests, data files, profiles");
  app.add_flag("--all", options->all, "Verify every run of the store");
  return [options](Invocation& invocation) { return verify(invocation, *options); };
}

}  // namespace

Command verify_command() {
  return {
      "verify",
      kCorridor,
      "Read and hash again everything a run refers to, and name the first difference",
      "  mf verify tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n"
      "  mf verify request.json --inputs\n"
      "  mf verify --all\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
