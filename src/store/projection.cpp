#include "mf/store/projection.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>

#include "store/beneath.hpp"

namespace mf::store {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr mode_t kFileMode = 0666;  // less what the umask takes away
constexpr const char* kPart = ".mf-part";
constexpr auto kLongestWait = 10s;
constexpr auto kBetweenLooks = 5ms;

int made(const fs::path& folder) {
  std::error_code error;
  std::error_code ignored;
  fs::create_directories(folder, error);
  if (fs::is_directory(folder, ignored)) return 0;
  return error ? error.value() : ENOTDIR;
}

int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return ENOSPC;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int write_file(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC, kFileMode);
  if (file < 0) return errno;
  const int failure = write_all(file, bytes);
  const int closing = ::close(file) == 0 || errno == EINTR ? 0 : errno;
  return failure != 0 ? failure : closing;
}

std::set<std::string, std::less<>> names_in(const std::string& folder) {
  std::set<std::string, std::less<>> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) names.insert(entry.path().filename().string());
  return names;
}

/// One file under many names: a name is made at once and whole, which takes a tenth of what a file of its own would.
class Stamp {
 public:
  Stamp(std::string path, std::string_view bytes) : path_(std::move(path)), bytes_(bytes) {}
  Stamp(const Stamp&) = delete;
  Stamp& operator=(const Stamp&) = delete;
  ~Stamp() { ::unlink(path_.c_str()); }

  int onto(const std::string& name) {
    if (!cut_)
      if (const int failure = cut(); failure != 0) return failure;
    if (::link(path_.c_str(), name.c_str()) == 0 || errno == EEXIST) return 0;
    if (errno == EMLINK) {
      cut_ = false;
      return onto(name);
    }
    const bool cannot = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS;
    return cannot ? replace_file(name, bytes_) : errno;
  }

 private:
  int cut() {
    ::unlink(path_.c_str());
    const int failure = write_file(path_, bytes_);
    cut_ = failure == 0;
    return failure;
  }

  std::string path_;
  std::string_view bytes_;
  bool cut_ = false;
};

}  // namespace

bool holds(const std::string& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat status {};
  if (!file.is_open() || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  if (static_cast<std::size_t>(status.st_size) != bytes.size()) return false;
  std::array<char, 65536> piece{};
  while (!bytes.empty()) {
    const auto got = ::read(file.get(), piece.data(), std::min(piece.size(), bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || bytes.substr(0, static_cast<std::size_t>(got)) != std::string_view(piece.data(), got)) return false;
    bytes.remove_prefix(static_cast<std::size_t>(got));
  }
  return true;
}

int replace_file(const std::string& path, std::string_view bytes) {
  const std::string part = path + kPart;
  int failure = write_file(part, bytes);
  if (failure == 0 && ::rename(part.c_str(), path.c_str()) != 0) failure = errno;
  if (failure != 0) ::unlink(part.c_str());
  return failure;
}

struct Projection::Lock {
  Descriptor folder;
};

Projection::Projection(std::string folder) : folder_(std::move(folder)) {}

Projection::~Projection() = default;

int Projection::open() {
  if (const int failure = made(folder_); failure != 0) return failure;
  Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return errno;
  const auto until = std::chrono::steady_clock::now() + kLongestWait;
  while (flock(folder.get(), LOCK_EX | LOCK_NB) != 0 && (errno == EWOULDBLOCK || errno == EINTR)) {
    if (std::chrono::steady_clock::now() > until) return EBUSY;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  lock_ = std::make_unique<Lock>(Lock{std::move(folder)});
  return 0;
}

int Projection::put(const std::string& name, std::string_view bytes) const {
  const std::string path = folder_ + "/" + name;
  if (const int failure = made(fs::path(path).parent_path()); failure != 0) return failure;
  if (!holds(path, bytes)) return replace_file(path, bytes);
  // What a process that was killed left beside it.
  ::unlink((path + kPart).c_str());
  return 0;
}

int Projection::put_each(const std::string& below, const std::vector<std::string>& names,
                         std::string_view bytes) const {
  const std::string folder = folder_ + "/" + below;
  if (const int failure = made(folder); failure != 0) return failure;
  const auto there = names_in(folder);
  Stamp stamp(folder + kPart, bytes);
  for (const auto& name : names) {
    if (there.contains(name)) continue;
    if (const int failure = stamp.onto((fs::path(folder) / name).string()); failure != 0) return failure;
  }
  return 0;
}

}  // namespace mf::store
