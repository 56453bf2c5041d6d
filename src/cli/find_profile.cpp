#include "cli/find_profile.hpp"

#include <cstdlib>
#include <filesystem>

#include "mf/error.hpp"

namespace mf::cli {

std::string find_profile(const std::string& given, const char* in_environment, bool mf_yaml_is_here) {
  if (!given.empty()) return given;
  if (in_environment != nullptr && *in_environment != '\0') return in_environment;
  if (mf_yaml_is_here) return "mf.yaml";
  throw Error(Code::PROFILE_MISSING,
              "no platform profile: neither --profile nor MF_PROFILE is given, and there is no ./mf.yaml");
}

std::string find_profile(const std::string& given) {
  std::error_code ignored;
  return find_profile(given, std::getenv("MF_PROFILE"), std::filesystem::exists("mf.yaml", ignored));
}

std::string under_same_profile(const std::string& command, const std::string& given) {
  const std::string program = "mf ";
  if (given.empty() || !command.starts_with(program) || command.find("--profile") != std::string::npos) return command;
  const bool plain = given.find_first_of(" \t'\"\\$`") == std::string::npos;
  return program + "--profile " + (plain ? given : "'" + given + "'") + " " + command.substr(program.size());
}

}  // namespace mf::cli
