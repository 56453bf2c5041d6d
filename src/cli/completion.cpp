#include <algorithm>
#include <memory>

#include "cli/command.hpp"

namespace mf::cli {
namespace {

struct CompletionOptions {
  std::string shell;
};

std::string long_options(const CLI::App& app) {
  std::string words;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) words += (words.empty() ? "--" : " --") + name;
  }
  return words;
}

/// A command declares its options only when it is named, so here they are declared once more.
std::string long_options(const Command& command) {
  CLI::App app;
  GlobalOptions options;
  command.set_up(app);
  add_global_options(app, options);
  return long_options(app);
}

std::string command_names(const std::string& between) {
  std::string words;
  for (const auto& command : command_table()) words += (words.empty() ? "" : between) + command.name;
  return words;
}

/// Words complete to commands, then to the options of the command; everything else is left to the shell: files.
std::string bash_script(const CLI::App& program) {
  std::string script =
      "_mf() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" command= words= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"${COMP_WORDS[i]}\" in " +
      command_names("|") +
      ") command=\"${COMP_WORDS[i]}\"; break ;; esac\n"
      "  done\n"
      "  case \"$command\" in\n";
  for (const auto& command : command_table()) {
    script += std::string("    ") + command.name + ") words='" + long_options(command) + "' ;;\n";
  }
  script +=
      "    *) words='" + command_names(" ") + " " + long_options(program) +
      "' ;;\n"
      "  esac\n"
      "  if [[ -z \"$command\" || \"$word\" == -* ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\")); fi\n"
      "}\n"
      "complete -o default -F _mf mf";
  return script;
}

factory::Result complete(const CompletionOptions& options, const CLI::App& program) {
  // zsh runs bash completions as they are once it is told to.
  const std::string prologue = options.shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  const std::string script = prologue + bash_script(program);
  factory::Result result;
  result.outcome = "COMPLETION";
  result.figures.emplace_back("script", script);
  for (std::size_t at = 0; at < script.size();) {
    const auto end = std::min(script.find('\n', at), script.size());
    result.lines.push_back(script.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

Action set_up(CLI::App& app) {
  const auto options = std::make_shared<CompletionOptions>();
  app.add_option("SHELL", options->shell, "Which shell the script is for")
      ->required()
      ->option_text("bash|zsh (required)")
      ->check(CLI::IsMember({"bash", "zsh"}));
  return [options, &app](Invocation&) { return complete(*options, *app.get_parent()); };
}

}  // namespace

Command completion_command() {
  return {
      "completion",
      kAround,
      "Print a script that lets the shell complete commands and options",
      "  eval \"$(mf completion bash)\"\n"
      "  eval \"$(mf completion zsh)\"\n",
      Shown::lines,
      set_up,
  };
}

}  // namespace mf::cli
