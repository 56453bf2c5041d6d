#pragma once
// The version of the program, as CMakeLists.txt has it.
//
// Room: cli.

namespace mf::cli {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace mf::cli
