#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"

namespace mf::cli {
namespace {

Action set_up(CLI::App& app) {
  const auto choice = std::make_shared<RunChoice>();
  add_run_choice(app, *choice);
  return [choice](Invocation& invocation) { return tell(invocation, *choice, "gate", factory::judge); };
}

}  // namespace

Command gate_command() {
  return {
      "gate",
      kPhases,
      "Judge the evaluation by the governance profile",
      "  mf gate request.json\n"
      "  mf gate --run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
