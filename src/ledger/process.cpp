#include "ledger/process.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

namespace mf::ledger {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

/// Boot and pid namespace: where a pid means something.
std::string home() {
  std::error_code ignored;
  const auto space = std::filesystem::read_symlink("/proc/self/ns/pid", ignored);
  return first_line("/proc/sys/kernel/random/boot_id") + "/" + space.string();
}

/// Field 22 of /proc/<pid>/stat, in clock ticks after boot; empty when there is no such process.
std::string start_time(const std::string& pid) {
  const std::string stat = first_line("/proc/" + pid + "/stat");
  const std::size_t after_name = stat.rfind(')');
  if (after_name == std::string::npos) return {};
  std::istringstream fields(stat.substr(after_name + 1));
  constexpr int kFieldsBefore = 19;
  std::string field;
  for (int i = 0; i <= kFieldsBefore && fields >> field; ++i) {
    // A zombie has ended already; only its parent has not noticed.
    if (i == 0 && (field == "Z" || field == "X")) return {};
  }
  return field;
}

}  // namespace

std::string this_process() {
  std::error_code ignored;
  const std::string pid = std::filesystem::read_symlink("/proc/self", ignored).string();
  return home() + "/" + pid + "/" + start_time(pid);
}

std::optional<Process> parse_process(std::string_view owner) {
  std::vector<std::string> parts(1);
  for (const char letter : owner) {
    if (letter == '/') {
      parts.emplace_back();
    } else {
      parts.back().push_back(letter);
    }
  }
  if (parts.size() != 4) return {};
  return Process{parts[0], parts[1], parts[2], parts[3]};
}

bool is_of_this_host(std::string_view owner) {
  const auto process = parse_process(owner);
  return process && process->boot_id + "/" + process->pid_namespace == home();
}

bool is_gone(std::string_view owner) {
  return is_of_this_host(owner) && start_time(parse_process(owner)->pid) != parse_process(owner)->start_time;
}

std::string fresh_token() {
  std::random_device entropy;
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::string token;
  for (int i = 0; i < 4; ++i) {
    const unsigned word = entropy();
    for (unsigned shift = 0; shift < 32; shift += 4) token.push_back(kHexDigits[word >> shift & 15U]);
  }
  return token;
}

}  // namespace mf::ledger
