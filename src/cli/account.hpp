#pragma once
// What a call of the program tells at its end, as text and as mf.command_result.v1.
//
// Room: cli.  Pure: the same account gives the same bytes.  schemas/command_result.v1.schema.json.

#include <string>

#include "cli/command.hpp"
#include "mf/error.hpp"
#include "mf/factory/result.hpp"

namespace mf::cli {

/// A result ready to be told.
struct Account {
  std::string command;  ///< empty where the words named none
  Shown shown = Shown::outcome;
  bool verbose = false;
  bool ended_in_failure = false;  ///< thrown: there is no result but the failure itself
  factory::Result result;
};

/// The account of an error that ended `command`. `known` is what was known of the run by then.
Account account_of(const Error& error, const std::string& command, const KnownRun& known);

/// The exit status of the process.
int exit_status(const Account& account);

/// One line of JSON with its line feed.
std::string as_json(const Account& account);

/// For people: outcome and run, lines, refs, the next command. Nothing when the command ended in a failure.
std::string as_text(const Account& account);

/// For people, on stderr: message, code, what was recorded of the failure, and fix, each a line. Nothing when there is
/// no failure.
std::string failure_as_text(const Account& account);

}  // namespace mf::cli
