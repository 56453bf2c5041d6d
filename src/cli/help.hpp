#pragma once
// How help reads: examples first.
//
// Room: cli.

#include <CLI/CLI.hpp>
#include <string>

namespace mf::cli {

/// Examples (the footer of the app), what the command does, usage, arguments, options, commands.
class ExamplesFirst : public CLI::Formatter {
 public:
  ExamplesFirst();
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

}  // namespace mf::cli
