#include "mf/store/local_cache.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "store/beneath.hpp"

namespace mf::store {
namespace {

constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;
constexpr std::size_t kLimit = std::size_t{256} << 20;
constexpr const char* kUnfinished = ".new";

Descriptor open_file(const std::string& path, int flags) {
  return Descriptor(::open(path.c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, kFileMode));
}

/// Whether `file` is a file of this user, and no larger than anything that belongs here.
bool is_ours(const Descriptor& file, struct stat& status) {
  return file.is_open() && fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
         static_cast<std::size_t>(status.st_size) <= kLimit;
}

/// Whether `path` is still the name of what was opened under it.
bool is_named(const Descriptor& file, const std::string& path) {
  struct stat opened {};
  struct stat named {};
  return is_ours(file, opened) && lstat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

bool write_all(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string> read_all(const Descriptor& file, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t at = 0; at < size;) {
    const auto got = ::read(file.get(), bytes.data() + at, size - at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

void make_folders(const std::string& folder) {
  for (std::size_t slash = folder.find('/', 1); slash != std::string::npos; slash = folder.find('/', slash + 1))
    mkdir(folder.substr(0, slash).c_str(), kFolderMode);
  mkdir(folder.c_str(), kFolderMode);
}

/// An absolute path from the environment; empty where there is none.
std::string path_in(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value == '/' ? value : "";
}

}  // namespace

std::optional<std::string> LocalCache::read(const std::string& name) const {
  const Descriptor file = open_file(folder_ + "/" + name, O_RDONLY);
  struct stat status {};
  if (!is_ours(file, status)) return {};
  return read_all(file, static_cast<std::size_t>(status.st_size));
}

void LocalCache::write(const std::string& name, std::string_view bytes) const {
  make_folders(folder_);
  const std::string path = folder_ + "/" + name;
  const std::string unfinished = path + kUnfinished;
  // One fixed name, locked: what a process that died left under it is written over by the next.
  const Descriptor file = open_file(unfinished, O_RDWR | O_CREAT);
  if (!file.is_open() || flock(file.get(), LOCK_EX | LOCK_NB) != 0 || !is_named(file, unfinished)) return;
  const bool whole = ftruncate(file.get(), 0) == 0 && write_all(file, bytes);
  if (!whole || rename(unfinished.c_str(), path.c_str()) != 0) unlink(unfinished.c_str());
}

std::optional<LocalCache> open_local_cache() {
  if (const std::string folder = path_in("XDG_CACHE_HOME"); !folder.empty()) return LocalCache(folder + "/mf");
  if (const std::string home = path_in("HOME"); !home.empty()) return LocalCache(home + "/.cache/mf");
  return {};
}

}  // namespace mf::store
