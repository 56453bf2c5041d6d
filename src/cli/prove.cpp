#include "mf/factory/proofs.hpp"

#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"
#include "mf/error.hpp"

namespace mf::cli {
namespace {

struct ProveOptions {
  RunChoice choice;
  bool negative = false;
};

void require_one(const ProveOptions& options) {
  if (options.negative == options.choice.run.empty()) return;
  throw Error(Code::USAGE,
              options.negative ? "mf prove takes one of --run and --negative, and got both"
                               : "mf prove needs --run or --negative, and got neither",
              {}, "Write `mf prove --run tr_...` or `mf prove --negative`; `mf runs` lists the runs.");
}

factory::Result prove(Invocation& invocation, const ProveOptions& options) {
  require_one(options);
  auto workshop = invocation.open_workshop();
  return options.negative ? factory::prove_refusals(workshop)
                          : factory::prove_continuity(workshop, place_of(invocation, options.choice));
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<ProveOptions>();
  add_run_option(app, options->choice);
  app.add_flag("--negative", options->negative, "Prove that the corridor refuses what it must, in a scratch folder");
  return [options](Invocation& invocation) { return prove(invocation, *options); };
}

}  // namespace

Command prove_command() {
  return {
      "prove",
      kCorridor,
      "Prove that a run holds together, or that the corridor refuses what it must",
      "  mf prove --run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n"
      "  mf prove --negative\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
