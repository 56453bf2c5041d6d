#pragma once
// Which run a phase works on: the one of a request file, or the one named with --run.
//
// Room: cli.

#include <CLI/App.hpp>
#include <string>

#include "cli/invocation.hpp"
#include "mf/factory/result.hpp"
#include "mf/factory/stories.hpp"

namespace mf::cli {

struct RunChoice {
  std::string request;  ///< a file, or - for standard input
  std::string run;      ///< tr_...
};

/// Declares REQUEST and --run on `app`.
void add_run_choice(CLI::App& app, RunChoice& choice);

/// Declares --run alone.
void add_run_option(CLI::App& app, RunChoice& choice);

/// Declares RUN, which is a name or a request file, and --run on `app`.
void add_looking_choice(CLI::App& app, RunChoice& choice);

/// The place of the chosen run, without its platform run where only its name is known. A request is only read: nothing
/// is admitted by looking. Throws the codes of a bad request.
store::layout::RunPlace place_of(Invocation& invocation, const RunChoice& choice);

using Story = factory::Result (*)(factory::Workshop&, const store::layout::RunPlace&);

/// Tells one phase's story of the chosen run. A request is admitted first, which changes nothing for one that was.
/// Throws USAGE unless exactly one of the two is given, the codes of a bad request, RUN_NOT_FOUND,
/// REQUEST_ID_PAYLOAD_MISMATCH, and what the story throws. `command` is for messages.
factory::Result tell(Invocation& invocation, const RunChoice& choice, const std::string& command, Story story);

}  // namespace mf::cli
