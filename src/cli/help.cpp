#include "cli/help.hpp"

namespace mf::cli {

ExamplesFirst::ExamplesFirst() {
  column_width(34);
  label("Positionals", "Arguments");
  label("SUBCOMMAND", "COMMAND");
  label("REQUIRED", "(required)");
}

namespace {

/// CLI11 sets two empty lines between groups.
std::string single_spaced(std::string text) {
  for (auto at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at)) text.erase(at, 1);
  return text;
}

}  // namespace

std::string ExamplesFirst::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
  return "Examples:\n" + app->get_footer() + "\n" + app->get_description() + ".\n\n" + make_usage(app, name) +
         single_spaced(make_positionals(app) + make_groups(app, mode)) + make_subcommands(app, mode);
}

}  // namespace mf::cli
