#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"
#include "mf/factory/presentation.hpp"

namespace mf::cli {
namespace {

struct DiffOptions {
  RunChoice first, second;
};

factory::Result diff(Invocation& invocation, const DiffOptions& options) {
  auto first = place_of(invocation, options.first);
  auto second = place_of(invocation, options.second);
  invocation.remember("");  // the answer is about two runs
  auto workshop = invocation.open_workshop();
  return factory::compare_runs(workshop, std::move(first), std::move(second));
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<DiffOptions>();
  const auto add = [&app](const char* name, RunChoice& choice, const char* description) {
    app.add_option(name, choice.request, description)->type_name("RUN")->required();
  };
  add("RUN_A", options->first, "The run to compare with, or its request file");
  add("RUN_B", options->second, "The run that is compared, or its request file");
  return [options](Invocation& invocation) { return diff(invocation, *options); };
}

}  // namespace

Command diff_command() {
  return {
      "diff",
      kCorridor,
      "Say in what two runs differ: inputs, profile keys, libraries, rows, figures, verdict",
      "  mf diff tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f tr_2b7e151628aed2a6abf7158809cf4f3c\n"
      "  mf diff before.json after.json --json\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
