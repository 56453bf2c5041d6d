#pragma once
// The version of the program: CMakeLists.txt says it once.
//
// Room: cli.

namespace mf::cli {

inline constexpr const char* kVersion = MF_VERSION;

}  // namespace mf::cli
