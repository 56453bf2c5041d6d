#pragma once
// Files beneath one folder, opened so that nothing leads out of it; and what errno means to MF.

#include <string>
#include <string_view>

namespace mf::store {

/// A file descriptor that closes itself. -1 is none.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Opens `path` (relative, no `..`) beneath the folder `root` with the given open(2) flags. Links are followed only
/// while they stay beneath. None when it does not exist, nor a file below a file. Throws
/// REF_OUTSIDE_ROOT when a link leads out, else as throw_errno.
Descriptor open_beneath(int root, const std::string& path, int flags);

/// Throws what errno `number` means: STORE_FULL, STORE_NOT_PERMITTED, REF_OUTSIDE_ROOT,
/// ARTIFACT_CONFLICT, OUT_OF_MEMORY or STORE_UNAVAILABLE.
[[noreturn]] void throw_errno(int number, std::string_view doing, const std::string& what);

}  // namespace mf::store
