#include "store/marks.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <ctime>

#include "mf/error.hpp"
#include "store/beneath.hpp"
#include "store/key.hpp"

namespace mf::store {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
/// Longer than the longest tick of a Linux kernel's clock.
constexpr std::int64_t kMomentNanoseconds = 20'000'000;

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * kNanosecondsPerSecond + time.tv_nsec; }

std::int64_t now_in_nanoseconds() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return nanoseconds(time);
}

template <class Number>
void append(std::string& text, Number number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  text.append(digits.data(), end);
  text.push_back('.');
}

class Looker {
 public:
  explicit Looker(int root) : root_(root) {}

  Mark mark(const std::string& path) {
    struct stat status {};
    if (path == path_ && folder_.is_open()) return fstat(folder_.get(), &status) == 0 ? mark_of(status) : Mark();
    const std::size_t slash = path.rfind('/');
    enter(slash == std::string::npos ? "." : path.substr(0, slash));
    if (!folder_.is_open()) return "";
    const char* name = path.c_str() + (slash == std::string::npos ? 0 : slash + 1);
    if (fstatat(folder_.get(), name, &status, AT_SYMLINK_NOFOLLOW) == 0) return mark_of(status);
    return errno == ENOENT ? Mark("") : Mark();
  }

 private:
  void enter(const std::string& path) {
    if (path == path_) return;
    folder_ = open_beneath(root_, path, O_PATH | O_DIRECTORY);
    path_ = path;
  }

  [[nodiscard]] Mark mark_of(const struct stat& status) const {
    const std::int64_t written = nanoseconds(status.st_mtim);
    const std::int64_t changed = nanoseconds(status.st_ctim);
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return {};
    if (std::max(written, changed) > now_ - kMomentNanoseconds) return {};
    std::string mark;
    append(mark, status.st_dev);
    append(mark, status.st_ino);
    append(mark, status.st_size);
    append(mark, written);
    append(mark, changed);
    return mark;
  }

  int root_;
  std::int64_t now_ = now_in_nanoseconds();
  std::string path_;
  Descriptor folder_;
};

/// What cannot be looked at has to be read, and then says itself what is wrong with it.
Mark without_failing(Looker& looker, const std::string& path) {
  try {
    require_key(path);
    return looker.mark(path);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

std::vector<Mark> marks_beneath(int root, const std::vector<std::string>& paths) {
  Looker looker(root);
  std::vector<Mark> marks;
  marks.reserve(paths.size());
  for (const auto& path : paths) marks.push_back(without_failing(looker, path));
  return marks;
}

}  // namespace mf::store
