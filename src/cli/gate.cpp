#include <memory>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"
#include "mf/error.hpp"
#include "mf/factory/named_file.hpp"

namespace mf::cli {
namespace {

struct GateOptions {
  std::string request;
  std::vector<std::string> runs;
  std::string policy;  ///< a file; empty: the run's own policy judges
  bool all = false;
};

[[noreturn]] void refuse(const std::string& why, const std::string& fix) { throw Error(Code::USAGE, why, {}, fix); }

factory::Result judge(Invocation& invocation, const GateOptions& options) {
  if (options.all)
    refuse("mf gate --all needs --policy", "Write `mf gate --policy FILE --all`; to judge is for one run.");
  if (options.runs.size() > 1)
    refuse("mf gate judges one run; only with --policy it takes several", "Judge one run after the other.");
  const RunChoice choice{options.request, options.runs.empty() ? "" : options.runs.front()};
  return tell(invocation, choice, "gate", factory::judge);
}

void require_runs_or_all(const GateOptions& options) {
  const bool named = !options.request.empty() || !options.runs.empty();
  if (named != options.all) return;
  refuse(named ? "mf gate --policy takes --all or runs, not both"
               : "mf gate --policy needs runs or --all, and got neither",
         "Write `mf gate --policy FILE --all`, or --run for each run; `mf runs` lists them.");
}

std::vector<store::layout::RunPlace> places_of(Invocation& invocation, const GateOptions& options) {
  std::vector<store::layout::RunPlace> places;
  if (!options.request.empty()) places.push_back(place_of(invocation, {options.request, ""}));
  for (const auto& run : options.runs) places.push_back({"", run});
  return places;
}

factory::Result replay(Invocation& invocation, const GateOptions& options) {
  require_runs_or_all(options);
  const factory::ReplayChoices choices{options.policy, factory::read_named_file(options.policy, options.policy),
                                       places_of(invocation, options), options.all};
  auto workshop = invocation.open_workshop();
  return factory::replay(workshop, choices);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<GateOptions>();
  app.add_option("REQUEST", options->request, "The request file of the run; - is standard input")->type_name("FILE");
  app.add_option("--run", options->runs,
                 "The run, as mf told it: tr_ and 32 hex digits; with --policy as often as needed")
      ->type_name("RUN")
      ->allow_extra_args(false);
  app.add_option("--policy", options->policy,
                 "Tell what this governance profile would say of kept evidence, and write nothing")
      ->type_name("FILE");
  app.add_flag("--all", options->all, "With --policy: of every run of the store");
  return [options](Invocation& invocation) {
    return options->policy.empty() ? judge(invocation, *options) : replay(invocation, *options);
  };
}

}  // namespace

Command gate_command() {
  return {
      "gate",
      kPhases,
      "Judge the evaluation by the governance profile",
      "  mf gate request.json\n"
      "  mf gate --run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n"
      "  mf gate --policy stricter.yaml --all\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
