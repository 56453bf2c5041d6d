#include <memory>

#include "cli/command.hpp"
#include "cli/request_file.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {
namespace {

struct ValidateRequestOptions {
  std::string request;
};

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<ValidateRequestOptions>();
  app.add_option("REQUEST", options->request, "The request file; - is standard input")->type_name("FILE")->required();
  return [options](Invocation&) {
    return factory::validate_request(read_request_file(options->request), name_of_request_file(options->request));
  };
}

}  // namespace

Command validate_request_command() {
  return {
      "validate-request",
      kPhases,
      "Check a request alone, without store or profile",
      "  mf validate-request request.json\n"
      "  mf validate-request - < request.json\n"
      "  mf validate-request request.json --json\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
