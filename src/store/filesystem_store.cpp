#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <random>

#include "mf/error.hpp"
#include "mf/store/artifact_store.hpp"
#include "store/beneath.hpp"
#include "store/key.hpp"
#include "store/marks.hpp"

namespace mf::store {
namespace {

/// Beneath the root; made only where a file system needs it.
constexpr const char* kTemporaryFolder = ".mf-tmp";
constexpr mode_t kFileMode = 0644;
constexpr mode_t kFolderMode = 0755;

/// Runs a system call again while a signal interrupts it.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

constexpr std::uint64_t kBlockBytes = std::uint64_t{1} << 20;

void write_all(int fd, std::string_view bytes, const std::string& key) {
  while (!bytes.empty()) {
    const auto written = uninterrupted([&] { return ::write(fd, bytes.data(), bytes.size()); });
    if (written < 0) throw_errno(errno, "writing", key);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Calls `see` with one block of `bytes` after the other, and its offset, for as long as it answers true. Whether it
/// always did.
template <class See>
bool all_blocks(const RandomAccess& bytes, See see) {
  std::vector<char> block(std::min(bytes.size(), kBlockBytes));
  for (std::uint64_t at = 0; at < bytes.size(); at += block.size()) {
    const std::size_t got = bytes.read_at(at, block);
    if (!see(std::string_view(block.data(), got), at)) return false;
  }
  return true;
}

/// Whether the file has `bytes` from `offset` on.
bool has_at(int fd, std::string_view bytes, std::uint64_t offset, const std::string& key) {
  std::vector<char> block(bytes.size());
  while (!bytes.empty()) {
    const auto got = uninterrupted([&] { return pread(fd, block.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (got < 0) throw_errno(errno, "reading", key);
    const auto size = static_cast<std::size_t>(got);
    if (size == 0 || std::memcmp(block.data(), bytes.data(), size) != 0) return false;
    bytes.remove_prefix(size);
    offset += size;
  }
  return true;
}

/// Whether the file holds exactly `bytes`, read back from it.
bool holds(int fd, const RandomAccess& bytes, const std::string& key) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw_errno(errno, "looking at", key);
  if (static_cast<std::uint64_t>(status.st_size) != bytes.size()) return false;
  return all_blocks(bytes, [&](std::string_view block, std::uint64_t at) { return has_at(fd, block, at, key); });
}

/// The next entry of a folder, null after the last one. A folder that cannot be read on has not ended.
const dirent* next_of(DIR* entries, const std::string& folder) {
  errno = 0;
  const dirent* entry = readdir(entries);
  if (entry == nullptr && errno != 0) throw_errno(errno, "listing", folder);
  return entry;
}

void sync(int fd, const std::string& what) {
  if (fsync(fd) != 0) throw_errno(errno, "making durable", what);
}

/// A file under a name of its own, for as long as it is written. Its lock says that somebody is at it: what is found
/// unlocked was left by a process that died.
class TemporaryFile {
 public:
  TemporaryFile(const Descriptor& folder, const std::string& key) : folder_(folder) {
    // Whoever clears away may have taken it between its making and its lock; then it has no name, and another is made.
    do make(key);
    while (!is_named());
  }
  ~TemporaryFile() { unlinkat(folder_.get(), name_.c_str(), 0); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const Descriptor& file() const { return file_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Removes what processes left that died while they wrote.
  static void clear_away(const Descriptor& folder) {
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(folder.get())), &closedir);
    if (!entries) throw_errno(errno, "listing", kTemporaryFolder);
    while (const dirent* entry = next_of(entries.get(), kTemporaryFolder)) {
      const Descriptor left(openat(folder.get(), entry->d_name, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
      if (left.is_open() && lock(left)) unlinkat(folder.get(), entry->d_name, 0);
    }
  }

 private:
  void make(const std::string& key) {
    do {
      name_ = std::to_string(getpid()) + "-" + std::to_string(entropy_());
      file_ = Descriptor(openat(folder_.get(), name_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, kFileMode));
    } while (!file_.is_open() && (errno == EEXIST || errno == EINTR));
    if (!file_.is_open()) throw_errno(errno, "writing", key);
    lock(file_);  // without locks, nothing is ever found unlocked
  }

  [[nodiscard]] bool is_named() const {
    struct stat status {};
    return fstat(file_.get(), &status) != 0 || status.st_nlink > 0;
  }

  static bool lock(const Descriptor& file) { return flock(file.get(), LOCK_EX | LOCK_NB) == 0; }

  const Descriptor& folder_;
  std::random_device entropy_;
  std::string name_;
  Descriptor file_;
};

class FileSource : public Source {
 public:
  FileSource(Descriptor file, std::string key) : file_(std::move(file)), key_(std::move(key)) {}

  std::size_t read(std::span<char> room) override {
    const auto got = uninterrupted([&] { return ::read(file_.get(), room.data(), room.size()); });
    if (got < 0) throw_errno(errno, "reading", key_);
    return static_cast<std::size_t>(got);
  }

 private:
  Descriptor file_;
  std::string key_;
};

struct stat status_of(const Descriptor& file, const std::string& key) {
  struct stat status {};
  if (fstat(file.get(), &status) != 0) throw_errno(errno, "looking at", key);
  return status;
}

bool same_moment(const timespec& a, const timespec& b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

/// One open file: another one that takes its name meanwhile is not read.
class FileRandomAccess : public RandomAccess {
 public:
  FileRandomAccess(Descriptor file, std::string key)
      : file_(std::move(file)), key_(std::move(key)), opened_(status_of(file_, key_)) {}

  [[nodiscard]] std::uint64_t size() const override { return static_cast<std::uint64_t>(opened_.st_size); }

  std::size_t read_at(std::uint64_t offset, std::span<char> room) const override {
    std::size_t filled = 0;
    while (filled < room.size()) {
      const auto rest = room.subspan(filled);
      const auto got = uninterrupted(
          [&] { return pread(file_.get(), rest.data(), rest.size(), static_cast<off_t>(offset + filled)); });
      if (got < 0) throw_errno(errno, "reading", key_);
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    return filled;
  }

  /// The kernel moves the change time forward with every write, and nobody can set it back.
  [[nodiscard]] bool unchanged() const override {
    const struct stat now = status_of(file_, key_);
    return now.st_size == opened_.st_size && same_moment(now.st_mtim, opened_.st_mtim) &&
           same_moment(now.st_ctim, opened_.st_ctim);
  }

 private:
  Descriptor file_;
  std::string key_;
  struct stat opened_;
};

class FilesystemStore : public ArtifactStore {
 public:
  FilesystemStore(std::string root, Descriptor folder) : root_(std::move(root)), folder_(std::move(folder)) {}

  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    return copy_if_absent(key, *access_to(bytes));
  }

  Put copy_if_absent(const std::string& key, const RandomAccess& bytes) override {
    require_key(key);
    std::call_once(cleared_, [&] { clear_away(); });
    const std::size_t slash = key.rfind('/');
    const std::string name = slash == std::string::npos ? key : key.substr(slash + 1);
    const Descriptor parent = make_folder(slash == std::string::npos ? "" : key.substr(0, slash));
    if (const auto found = compare(parent, key, bytes)) return *found;
    if (publish(parent, name, key, bytes)) return Put::created;
    return compare(parent, key, bytes).value_or(Put::conflict);
  }

  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    const Descriptor file = open_regular(key);
    if (!file.is_open()) return {};
    struct stat status {};
    if (fstat(file.get(), &status) != 0) throw_errno(errno, "looking at", key);
    if (static_cast<std::size_t>(status.st_size) > limit)
      throw Error(Code::DOCUMENT_INVALID, key + " is larger than " + std::to_string(limit) + " bytes", {{"key", key}},
                  "Check that it is the right file; nothing of its kind is so large.");
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t at = 0;
    while (at < bytes.size()) {
      const auto got = uninterrupted([&] { return ::read(file.get(), bytes.data() + at, bytes.size() - at); });
      if (got < 0) throw_errno(errno, "reading", key);
      if (got == 0) break;
      at += static_cast<std::size_t>(got);
    }
    bytes.resize(at);
    return bytes;
  }

  [[nodiscard]] std::unique_ptr<Source> open(const std::string& key) const override {
    Descriptor file = open_regular(key);
    if (!file.is_open()) return nullptr;
    posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    return std::make_unique<FileSource>(std::move(file), key);
  }

  [[nodiscard]] std::unique_ptr<RandomAccess> open_random(const std::string& key) const override {
    Descriptor file = open_regular(key);
    return file.is_open() ? std::make_unique<FileRandomAccess>(std::move(file), key) : nullptr;
  }

  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    const Descriptor file = open_regular(key);
    if (!file.is_open()) return {};
    return static_cast<std::uint64_t>(status_of(file, key).st_size);
  }

  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override {
    require_key(prefix);
    std::vector<std::string> keys;
    collect(prefix, keys);
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  /// Folders are not opened: whatever somebody put into one keeps nobody from finding the files beside it.
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) const override {
    require_key(folder);
    std::vector<std::string> names;
    each_entry(folder, [&](const dirent& entry) { names.emplace_back(entry.d_name); });
    std::sort(names.begin(), names.end());
    return names;
  }

  [[nodiscard]] std::vector<Mark> marks(const std::vector<std::string>& keys) const override {
    return marks_beneath(folder_.get(), keys);
  }

  [[nodiscard]] std::string describe() const override { return root_; }

  [[nodiscard]] std::string place() const override {
    std::error_code ignored;
    const auto whole = std::filesystem::canonical(root_, ignored);
    return ignored ? root_ : whole.string();
  }

 private:
  /// None when nothing is there. Whatever is there but a regular file is a conflict of places, never
  /// opened.
  [[nodiscard]] Descriptor open_regular(const std::string& key) const {
    require_key(key);
    Descriptor file = open_beneath(folder_.get(), key, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    struct stat status {};
    if (file.is_open() && fstat(file.get(), &status) != 0) throw_errno(errno, "looking at", key);
    if (file.is_open() && !S_ISREG(status.st_mode))
      throw Error(Code::ARTIFACT_CONFLICT, key + " is no regular file", {{"key", key}},
                  "Name a file, or take away what stands in its place.");
    return file;
  }

  /// Opens the folder `path`, making it and its parents durable first if they are not there.
  [[nodiscard]] Descriptor make_folder(const std::string& path) const {
    if (path.empty()) return Descriptor(dup(folder_.get()));
    if (Descriptor found = open_beneath(folder_.get(), path, O_RDONLY | O_DIRECTORY); found.is_open()) return found;
    const std::size_t slash = path.rfind('/');
    const Descriptor parent = make_folder(slash == std::string::npos ? "" : path.substr(0, slash));
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (mkdirat(parent.get(), name.c_str(), kFolderMode) != 0 && errno != EEXIST)
      throw_errno(errno, "making folder", path);
    sync(parent.get(), path);
    Descriptor made = open_beneath(folder_.get(), path, O_RDONLY | O_DIRECTORY);
    if (!made.is_open()) throw_errno(ENOENT, "opening", path);
    return made;
  }

  /// Nothing when the key is free. An earlier writer may have died before its bytes were durable, so they are made so
  /// here.
  [[nodiscard]] std::optional<Put> compare(const Descriptor& parent, const std::string& key,
                                           const RandomAccess& bytes) const {
    const Descriptor file = open_regular(key);
    if (!file.is_open()) return {};
    if (!holds(file.get(), bytes, key)) return Put::conflict;
    sync(file.get(), key);
    sync(parent.get(), key);
    return Put::identical;
  }

  /// Makes the bytes appear under `name`, whole and durable. False when the name was taken meanwhile.
  [[nodiscard]] bool publish(const Descriptor& parent, const std::string& name, const std::string& key,
                             const RandomAccess& bytes) const {
    const Descriptor file(openat(parent.get(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, kFileMode));
    if (!file.is_open()) {
      if (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT) return publish_by_name(parent, name, key, bytes);
      throw_errno(errno, "writing", key);
    }
    fill(file, bytes, key);
    const std::string itself = "/proc/self/fd/" + std::to_string(file.get());
    if (linkat(AT_FDCWD, itself.c_str(), parent.get(), name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
      if (errno == EEXIST) return false;
      if (errno == ENOENT) return publish_by_name(parent, name, key, bytes);  // no /proc here
      throw_errno(errno, "writing", key);
    }
    sync(parent.get(), key);
    return true;
  }

  /// The same by way of a temporary name, for file systems without O_TMPFILE.
  [[nodiscard]] bool publish_by_name(const Descriptor& parent, const std::string& name, const std::string& key,
                                     const RandomAccess& bytes) const {
    const Descriptor folder = make_folder(kTemporaryFolder);
    const TemporaryFile temporary(folder, key);
    fill(temporary.file(), bytes, key);
    if (linkat(folder.get(), temporary.name().c_str(), parent.get(), name.c_str(), 0) != 0) {
      if (errno == EEXIST) return false;
      throw_errno(errno, "writing", key);
    }
    sync(parent.get(), key);
    return true;
  }

  static void fill(const Descriptor& file, const RandomAccess& bytes, const std::string& key) {
    all_blocks(bytes, [&](std::string_view block, std::uint64_t) {
      write_all(file.get(), block, key);
      return true;
    });
    if (!holds(file.get(), bytes, key))
      throw Error(Code::STORE_UNAVAILABLE, "writing " + key + ": the bytes read back are not those written",
                  {{"key", key}});
    sync(file.get(), key);
  }

  template <class Act>
  void each_entry(const std::string& folder, Act act) const {
    Descriptor opened = open_beneath(folder_.get(), folder, O_RDONLY | O_DIRECTORY);
    if (!opened.is_open()) return;
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(opened.get())), &closedir);
    if (!entries) throw_errno(errno, "listing", folder);
    while (const dirent* entry = next_of(entries.get(), folder)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") act(*entry);
    }
  }

  void collect(const std::string& folder, std::vector<std::string>& keys) const {
    each_entry(folder, [&](const dirent& entry) {
      const std::string key = folder + "/" + entry.d_name;
      if (entry.d_type == DT_DIR) {
        collect(key, keys);
      } else {
        keys.push_back(key);
      }
    });
  }

  void clear_away() const {
    const Descriptor folder = open_beneath(folder_.get(), kTemporaryFolder, O_RDONLY | O_DIRECTORY);
    if (folder.is_open()) TemporaryFile::clear_away(folder);
  }

  std::string root_;
  Descriptor folder_;
  std::once_flag cleared_;
};

}  // namespace

std::unique_ptr<ArtifactStore> open_filesystem(const std::string& root) {
  Descriptor folder(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) {
    const Code code = errno == EACCES ? Code::STORE_NOT_PERMITTED : Code::STORE_UNAVAILABLE;
    throw Error(code, "the folder " + root + " cannot be opened: " + std::strerror(errno), {{"root", root}},
                "Mount it, create it with mkdir, or correct the root in the platform profile.");
  }
  return std::make_unique<FilesystemStore>(root, std::move(folder));
}

}  // namespace mf::store
