#pragma once
// The words of one call, understood or refused.
//
// Room: cli.

#include <CLI/App.hpp>
#include <string>

#include "cli/command.hpp"
#include "cli/global_options.hpp"

namespace mf::cli {

class CommandLine {
 public:
  enum class Asked { command, help, version, nothing };

  CommandLine();

  /// Understands the words. Throws USAGE, with the near miss of a mistyped command or option. Commands and options are
  /// never abbreviated.
  Asked parse(int argc, const char* const* argv);

  /// The help of the command that was named, or of the program.
  [[nodiscard]] std::string help() const { return app_.help(); }

  [[nodiscard]] const GlobalOptions& options() const { return options_; }

  /// The named command, or null where none was (yet) understood.
  [[nodiscard]] const Command* command() const;

  /// What the named command does. Only after parse answered Asked::command.
  [[nodiscard]] const Action& action() const { return action_; }

 private:
  struct Entry {
    const Command* command;
    CLI::App* app;
  };

  [[nodiscard]] const Entry* named() const;
  void add(const Command& command);
  void refuse_leftovers() const;
  void refuse_leftovers_of(const CLI::App& app) const;
  [[nodiscard]] std::string see_help() const;

  CLI::App app_;
  GlobalOptions options_;
  std::vector<Entry> entries_;
  Action action_;
};

/// Whether --json is among the words, so that a failure to understand them can be told in JSON too.
bool asks_for_json(int argc, const char* const* argv);

}  // namespace mf::cli
