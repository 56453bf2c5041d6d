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

bool is_gone(std::string_view owner) {
  const std::size_t last = owner.rfind('/');
  if (last == std::string_view::npos || last == 0) return false;
  const std::size_t before = owner.rfind('/', last - 1);
  if (before == std::string_view::npos || owner.substr(0, before) != home()) return false;
  const std::string pid(owner.substr(before + 1, last - before - 1));
  return start_time(pid) != owner.substr(last + 1);
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
