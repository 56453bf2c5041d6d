#include <memory>

#include "cli/command.hpp"
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

void require_one(const VerifyOptions& options) {
  const auto& [request, run] = options.choice;
  const int given = (request.empty() ? 0 : 1) + (run.empty() ? 0 : 1) + (options.all ? 1 : 0);
  if (given == 1) return;
  throw Error(Code::USAGE,
              given == 0 ? "mf verify needs a run, a request file or --all, and got none of them"
                         : "mf verify takes one of a run, a request file and --all",
              {}, "Write `mf verify tr_...`, `mf verify REQUEST` or `mf verify --all`; `mf runs` lists the runs.");
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
  add_looking_choice(app, options->choice);
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
