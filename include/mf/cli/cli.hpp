#pragma once
// The program: words on the command line, one result on stdout, one exit status.
//
// Room: cli (the only room that touches CLI11).  docs/cli/README.md.

namespace mf::cli {

/// Runs the command that `argv` names and returns the exit status. stdout carries the result alone, as text or (--json)
/// as one mf.command_result.v1; everything else goes to stderr. Every failure ends here: mf::Error with its code,
/// std::bad_alloc as OUT_OF_MEMORY, any other exception as INTERNAL. Call it once, from main.
int run_program(int argc, char** argv);

}  // namespace mf::cli
