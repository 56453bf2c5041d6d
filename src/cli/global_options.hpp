#pragma once
// The options that every command has.
//
// Room: cli.

#include <CLI/App.hpp>
#include <string>

#include "mf/observability/journal.hpp"

namespace mf::cli {

struct GlobalOptions {
  std::string profile;  ///< as given; empty where it was not
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  std::string log_format = "text";
};

/// Declares them on `app`: on the program and on every command, so that they may stand before or after its name.
void add_global_options(CLI::App& app, GlobalOptions& options);

/// How the journal speaks under these options on this terminal.
observability::JournalSettings journal_settings(const GlobalOptions& options);

}  // namespace mf::cli
