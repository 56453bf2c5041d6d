#pragma once
// Which platform profile a command works under.
//
// Room: cli.

#include <string>

namespace mf::cli {

/// `given` (of --profile), else `in_environment` (MF_PROFILE; null or empty: not set), else ./mf.yaml where that is
/// there. Throws PROFILE_MISSING: no store is ever guessed. Whether the named file is there is seen when it is opened.
std::string find_profile(const std::string& given, const char* in_environment, bool mf_yaml_is_here);

/// The same, with the environment and the current folder of this process.
std::string find_profile(const std::string& given);

/// `command`, which begins with "mf ", under the profile that was `given` with --profile; as it is where none was
/// given, or where it names a profile itself.
std::string under_same_profile(const std::string& command, const std::string& given);

}  // namespace mf::cli
