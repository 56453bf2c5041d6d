#pragma once
// Words on the command line that are recorded as they stand.
//
// Room: cli.

#include <CLI/App.hpp>

namespace mf::cli {

/// Accepts 1 to 1000 characters of UTF-8 on one line, not all of them blank, none of them hidden.
CLI::Validator plain_text();

/// Accepts SYSTEM::<service> or HUMAN::<id>, as the platform profile does for its actor.
CLI::Validator principal();

}  // namespace mf::cli
