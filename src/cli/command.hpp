#pragma once
// What a command is: a row of the command table.
//
// Room: cli.  Each command has a file of its own (src/cli/NAME.cpp) with its options, their declaration, and what it
// does; docs/cli/NAME.md is its page.

#include <CLI/App.hpp>
#include <functional>
#include <span>

#include "cli/invocation.hpp"
#include "mf/factory/result.hpp"

namespace mf::cli {

/// What a command does once its options are known.
using Action = std::function<factory::Result(Invocation&)>;

/// What people see of a result; --verbose shows everything.
enum class Shown {
  outcome,           ///< outcome and run, then the lines
  outcome_and_refs,  ///< and where the documents lie
  lines,             ///< the lines alone: they are the answer
};

struct Command {
  const char* name;
  const char* group;     ///< of the program's help
  const char* summary;   ///< one line
  const char* examples;  ///< whole lines, indented by two
  Shown shown;
  Action (*set_up)(CLI::App& app);  ///< declares the options on the command's own `app`
};

/// Every command, in the order of the help.
std::span<const Command> command_table();

// The rows, one from each file.
Command run_command();
Command status_command();
Command runs_command();
Command cancel_command();
Command enqueue_command();
Command work_command();
Command verify_command();
Command reproduce_command();
Command prove_command();
Command report_command();
Command diff_command();
Command export_command();
Command validate_request_command();
Command resolve_command();
Command train_command();
Command eval_command();
Command gate_command();
Command publish_command();
Command pin_command();
Command demo_command();
Command admit_command();
Command doctor_command();
Command explain_command();
Command completion_command();

// The groups of the program's help.
inline constexpr const char* kCorridor = "From request to published bundle";
inline constexpr const char* kJobs = "Jobs for a worker";
inline constexpr const char* kPhases = "One phase at a time";
inline constexpr const char* kAround = "Around it";

}  // namespace mf::cli
