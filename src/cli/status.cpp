#include <memory>
#include <utility>

#include "cli/command.hpp"
#include "cli/run_choice.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

/// The only run of the store; nothing where there are none or several.
std::string only_run(const factory::Result& listed) {
  if (!listed.table || listed.table->rows.size() != 1) return "";
  return std::get<std::string>(listed.table->rows[0][0]);
}

factory::Result status_of_store(Invocation& invocation) {
  auto workshop = invocation.open_workshop();
  auto listed = factory::list_runs(workshop, {});
  const auto run = only_run(listed);
  if (run.empty()) return listed;
  return factory::status(workshop, factory::find_run(workshop, run));
}

/// Whether the word names a run rather than a file; a file of such a name is ./tr_...
bool names_a_run(const std::string& word) {
  return word.starts_with("tr_") && word.find_first_of("./") == std::string::npos;
}

factory::Result status(Invocation& invocation, RunChoice choice) {
  if (choice.request.empty() && choice.run.empty()) return status_of_store(invocation);
  if (choice.run.empty() && names_a_run(choice.request)) std::swap(choice.run, choice.request);
  if (choice.run.empty() || !choice.request.empty()) return tell(invocation, choice, "status", factory::status);
  // Who only looks has nothing to tell anybody.
  invocation.remember(choice.run);
  auto workshop = invocation.open_workshop();
  return factory::status(workshop, factory::find_run(workshop, choice.run));
}

Action set_up(CLI::App& app) {
  const auto choice = std::make_shared<RunChoice>();
  app.add_option("RUN", choice->request, "The run, as mf told it, or its request file; - is standard input");
  add_run_option(app, *choice);
  return [choice](Invocation& invocation) { return status(invocation, *choice); };
}

}  // namespace

Command status_command() {
  return {
      "status",
      kCorridor,
      "Say where a run is, who holds it, what failed last, and what to do next",
      "  mf status\n"
      "  mf status tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f\n"
      "  mf status request.json\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
