#pragma once
// Numbers on the command line.
//
// Room: cli.

#include <CLI/App.hpp>

namespace mf::cli {

/// Accepts at most 18 decimal digits: CLI11 itself takes 010 for 8, 0x10 for 16, and a huge number for the largest.
CLI::Validator whole_number();

}  // namespace mf::cli
