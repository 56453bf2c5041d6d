#include <algorithm>
#include <memory>

#include "cli/command.hpp"
#include "mf/error.hpp"
#include "mf/factory/admit_bundle.hpp"

namespace mf::cli {
namespace {

struct AdmitOptions {
  std::string bundle, scope;
  std::vector<std::string> submitters;
};

std::vector<std::string> parts_of(const std::string& scope) {
  std::vector<std::string> parts(1);
  for (const char byte : scope) {
    if (byte == '/')
      parts.emplace_back();
    else
      parts.back().push_back(byte);
  }
  return parts;
}

std::optional<contracts::TargetScope> read_scope(const std::string& scope) {
  if (scope.empty()) return {};
  auto parts = parts_of(scope);
  const bool is_scope = (parts.size() == 3 || parts.size() == 4) && std::ranges::find(parts, "") == parts.end();
  if (!is_scope)
    throw Error(Code::USAGE, "--scope takes environment, mode and slot with / between them, and got " + scope, {},
                "Write it such as prod/fraud/primary, and the tenant behind it where the slot belongs to one.");
  contracts::TargetScope read{parts[0], parts[1], parts[2], {}};
  if (parts.size() == 4) read.tenant_id = parts[3];
  return read;
}

factory::Result admit(const AdmitOptions& options) {
  return factory::admit_bundle({options.bundle, read_scope(options.scope), options.submitters});
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<AdmitOptions>();
  app.add_option("BUNDLE", options->bundle, "The folder that holds the bundle's files")
      ->type_name("FOLDER")
      ->required();
  app.add_option("--scope", options->scope, "The slot that it is taken in for: ENVIRONMENT/MODE/SLOT[/TENANT]")
      ->type_name("SCOPE");
  app.add_option("--allow-submitter", options->submitters, "Who may submit, again for each; without it, anybody")
      ->type_name("WHO")
      ->allow_extra_args(false);
  return [options](Invocation&) { return admit(*options); };
}

}  // namespace

Command admit_command() {
  return {
      "admit",
      kAround,
      "Check a bundle as a registry's intake would, from the bundle alone",
      "  mf admit registry/registry/bundles/52f0.../v0-db4969c73a37\n"
      "  mf admit bundle --scope prod/fraud/primary --allow-submitter SYSTEM::model_factory --json\n",
      Shown::outcome,
      set_up,
  };
}

}  // namespace mf::cli
