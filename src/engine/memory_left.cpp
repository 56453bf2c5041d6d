#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string_view>

#include "mf/engine/memory.hpp"

namespace mf::engine {
namespace {

using Bytes = std::optional<std::uint64_t>;

constexpr std::uint64_t kKibibyte = 1024;

Bytes number(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() ? Bytes(value) : std::nullopt;
}

Bytes least(Bytes a, Bytes b) { return a && b ? std::min(*a, *b) : a ? a : b; }

Bytes difference(Bytes limit, Bytes used) {
  if (!limit || !used) return {};
  return *limit > *used ? *limit - *used : 0;
}

/// The first word after `label` in a file of lines that begin with labels.
std::string word_after(const std::string& file, std::string_view label) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(label)) continue;
    std::istringstream rest(line.substr(label.size()));
    std::string word;
    rest >> word;
    return word;
  }
  return "";
}

/// What a file of one word says, which may be a word for no limit.
Bytes number_in(const std::string& file) {
  std::ifstream in(file);
  std::string word;
  in >> word;
  return number(word);
}

Bytes kibibytes(const std::string& file, std::string_view label) {
  const auto count = number(word_after(file, label));
  return count ? Bytes(*count * kKibibyte) : std::nullopt;
}

/// The names that the two versions of control groups have for the same things.
struct GroupFiles {
  const char *limit, *used;
  std::array<const char*, 2> cached;
};
constexpr GroupFiles kUnified{"memory.max", "memory.current", {"inactive_file ", "active_file "}};
constexpr GroupFiles kLegacy{
    "memory.limit_in_bytes", "memory.usage_in_bytes", {"total_inactive_file ", "total_active_file "}};

/// Of one group. Pages of files are given up when memory is wanted: they are no use of it.
Bytes left_in_group(const std::filesystem::path& group, const GroupFiles& files) {
  auto used = number_in(group / files.used);
  for (const char* pages : files.cached)
    used = difference(used, number(word_after(group / "memory.stat", pages)).value_or(0));
  return difference(number_in(group / files.limit), used);
}

/// Of a group and all above it, below `mount`.
Bytes left_in_groups(const std::filesystem::path& mount, const std::string& group, const GroupFiles& files) {
  Bytes left = left_in_group(mount, files);
  std::filesystem::path place = mount;
  for (const auto& step : std::filesystem::path(group).relative_path()) {
    place /= step;
    left = least(left, left_in_group(place, files));
  }
  return left;
}

/// /proc/self/cgroup has a line `0::/group` of version 2, and `5:memory:/group` of version 1.
Bytes left_in_own_groups(const std::string& root) {
  Bytes left;
  std::ifstream in(root + "/proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const std::string group = line.substr(second + 1);
    if (controllers == ",,") left = least(left, left_in_groups(root + "/sys/fs/cgroup", group, kUnified));
    if (controllers.find(",memory,") != std::string::npos)
      left = least(left, left_in_groups(root + "/sys/fs/cgroup/memory", group, kLegacy));
  }
  return left;
}

/// An allocator takes address space in larger pieces than it fills, for each thread.
constexpr std::uint64_t kUnfilled = std::uint64_t{128} << 20;

Bytes left_of_limit(const std::string& root, std::string_view limit, std::string_view used) {
  const auto left =
      difference(number(word_after(root + "/proc/self/limits", limit)), kibibytes(root + "/proc/self/status", used));
  return difference(left, kUnfilled);
}

}  // namespace

std::optional<std::uint64_t> memory_left(const std::string& root) {
  Bytes left = kibibytes(root + "/proc/meminfo", "MemAvailable:");
  left = least(left, left_in_own_groups(root));
  left = least(left, left_of_limit(root, "Max address space", "VmSize:"));
  return least(left, left_of_limit(root, "Max data size", "VmData:"));
}

}  // namespace mf::engine
