#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"

namespace mf::cli {
namespace {

Action set_up(CLI::App& app) {
  const auto choice = std::make_shared<RunChoice>();
  const auto retry = std::make_shared<bool>(false);
  add_run_choice(app, *choice);
  app.add_flag("--retry", *retry, "Only if a publication is pending; refuse any other run");
  return [choice, retry](Invocation& invocation) {
    return tell(invocation, *choice, "publish", *retry ? factory::retry_publication : factory::publish);
  };
}

}  // namespace

Command publish_command() {
  return {
      "publish",
      kPhases,
      "Publish the bundle of a run that passed its gate",
      "  mf publish request.json\n"
      "  mf publish --run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n"
      "  mf publish --retry --run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n",
      Shown::outcome_and_refs,
      set_up,
  };
}

}  // namespace mf::cli
