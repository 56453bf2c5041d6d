#include "cli/global_options.hpp"

#include <cstdlib>
#include <string_view>

namespace mf::cli {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool terminal_is_dumb() {
  const char* kind = std::getenv("TERM");
  return kind != nullptr && std::string_view(kind) == "dumb";
}

}  // namespace

void add_global_options(CLI::App& app, GlobalOptions& options) {
  const std::string group = "Options of every command";
  app.set_help_flag("-h,--help", "Show this help and exit")->group(group);
  app.add_option("--profile", options.profile, "Platform profile; else $MF_PROFILE, else ./mf.yaml")
      ->type_name("FILE")
      ->group(group);
  app.add_flag("--json", options.json, "Print the result as one JSON object, mf.command_result.v1")
      ->take_last()
      ->group(group);
  app.add_flag("-q,--quiet", options.quiet, "Tell warnings only, and no progress")->take_last()->group(group);
  app.add_flag("-v,--verbose", options.verbose, "Tell details, and show every ref and figure")
      ->take_last()
      ->group(group);
  app.add_option("--log-format", options.log_format, "How stderr is written: lines for people, or JSON lines")
      ->option_text("text|json")
      ->check(CLI::IsMember({"text", "json"}))
      ->group(group);
}

observability::JournalSettings journal_settings(const GlobalOptions& options) {
  const bool terminal = observability::stderr_is_terminal() && !terminal_is_dumb();
  observability::JournalSettings settings;
  if (options.log_format == "json") settings.format = observability::JournalSettings::Format::json;
  settings.quiet = options.quiet;
  settings.verbose = options.verbose;
  settings.live = terminal;
  settings.colour = terminal && !is_set("NO_COLOR");
  return settings;
}

}  // namespace mf::cli
