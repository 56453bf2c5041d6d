#include <memory>

#include "cli/command.hpp"
#include "cli/request_submission.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

struct RunOptions {
  std::string request;
};

factory::Result run(Invocation& invocation, const RunOptions& options) {
  return submit(invocation, {options.request, "run"}, factory::whole_run);
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<RunOptions>();
  app.add_option("REQUEST", options->request, "The request file; - is standard input")->type_name("FILE")->required();
  return [options](Invocation& invocation) { return run(invocation, *options); };
}

}  // namespace

Command run_command() {
  return {
      "run",
      kCorridor,
      "Take a request all the way: resolve, train, eval, gate, publish",
      "  mf run request.json\n"
      "  mf run request.json --json\n"
      "  make-request | mf --profile /etc/mf/prod.yaml run -\n",
      Shown::outcome_and_refs,
      set_up,
  };
}

}  // namespace mf::cli
