#include "store/marks.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <initializer_list>

#include "mf/error.hpp"
#include "store/beneath.hpp"
#include "store/key.hpp"

namespace mf::store {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
/// No file system tells times in longer steps than two seconds.
constexpr std::int64_t kMomentNanoseconds = 2'100'000'000;

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * kNanosecondsPerSecond + time.tv_nsec; }

std::int64_t now_in_nanoseconds() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return nanoseconds(time);
}

/// Numbers as one word of hex digits; two different ones give the same word once in 2^64.
std::string word_of(std::initializer_list<std::uint64_t> numbers) {
  std::uint64_t word = 0;
  for (const std::uint64_t number : numbers) {
    word = (word ^ number) * 0x9E3779B97F4A7C15U;  // the finish of splitmix64, once for each number
    word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27U)) * 0x94D049BB133111EBU;
    word ^= word >> 31U;
  }
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), word, 16).ptr;
  return {digits.data(), end};
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
    if (path != ".") require_key(path);
    folder_ = open_beneath(root_, path, O_PATH | O_DIRECTORY);
    path_ = path;
  }

  [[nodiscard]] Mark mark_of(const struct stat& status) const {
    const std::int64_t written = nanoseconds(status.st_mtim);
    const std::int64_t changed = nanoseconds(status.st_ctim);
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return {};
    if (std::max(written, changed) > now_ - kMomentNanoseconds) return {};
    return word_of({status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                    static_cast<std::uint64_t>(written), static_cast<std::uint64_t>(changed)});
  }

  int root_;
  std::int64_t now_ = now_in_nanoseconds();
  std::string path_;
  Descriptor folder_;
};

/// What cannot be looked at has to be read, and then says itself what is wrong with it.
Mark without_failing(Looker& looker, const std::string& path) {
  try {
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
