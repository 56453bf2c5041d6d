#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "mf/factory/export_signals.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

struct CancelOptions {
  std::string run, reason;
  std::optional<std::string> principal;
};

factory::Result cancel(Invocation& invocation, const CancelOptions& options) {
  invocation.remember(options.run);
  if (options.principal) factory::require_sound({*options.principal, options.reason});
  auto workshop = invocation.open_workshop();
  const factory::CancelOrder order{options.principal.value_or(workshop.profile.actor.actor_id), options.reason};
  factory::require_sound(order);
  const auto place = factory::find_run(workshop, options.run);
  const factory::SignalsAtEnd signals(workshop, place.platform_run_id);
  return factory::cancel(workshop, place, order);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<CancelOptions>();
  app.add_option("RUN", options->run, "The run, as mf told it: tr_ and 32 hex digits")->type_name("RUN")->required();
  app.add_option("--reason", options->reason, "Why, in a sentence; it is recorded")->type_name("TEXT")->required();
  app.add_option("--principal", options->principal, "Who: SYSTEM::<service> or HUMAN::<id>; else the profile's actor")
      ->type_name("WHO");
  return [options](Invocation& invocation) { return cancel(invocation, *options); };
}

}  // namespace

Command cancel_command() {
  return {
      "cancel",
      kCorridor,
      "Give a run up: nothing of it is trained or published any more",
      "  mf cancel tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f --reason 'the labels of March are wrong'\n"
      "  mf cancel tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f --reason 'asked by risk' --principal HUMAN::ana\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
