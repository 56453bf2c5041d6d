#include "mf/factory/demo.hpp"

#include <memory>

#include "cli/command.hpp"
#include "cli/whole_number.hpp"

namespace mf::cli {
namespace {

struct DemoOptions {
  std::string folder;
  factory::DemoChoices choices;
};

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<DemoOptions>();
  app.add_option("DIR", options->folder, "The folder to fill: a new or empty one")->required();
  app.add_option("--seed", options->choices.seed, "Another seed gives other cards and purchases (7 unless given)")
      ->type_name("N")
      ->check(whole_number());
  app.add_option("--transactions", options->choices.transactions, "How many purchases there are (200000 unless given)")
      ->type_name("N")
      ->check(whole_number());
  return [options](Invocation& invocation) {
    return factory::write_demo(options->folder, options->choices, invocation.journal());
  };
}

}  // namespace

Command demo_command() {
  return {
      "demo",
      kAround,
      "Fill a folder with made-up card payments and everything a first run needs",
      "  mf demo try\n"
      "  mf --profile try/mf.yaml run try/request.json\n"
      "  mf demo small --transactions 20000 --seed 11\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
