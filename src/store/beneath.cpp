#include "store/beneath.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "mf/error.hpp"

namespace mf::store {
namespace {

Code code_of(int number) {
  switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Code::STORE_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
      return Code::STORE_NOT_PERMITTED;
    case EXDEV:
    case ELOOP:
      return Code::REF_OUTSIDE_ROOT;
    case ENOTDIR:
    case EISDIR:
    case ENXIO:  // a socket
      return Code::ARTIFACT_CONFLICT;
    case ENOMEM:
      return Code::OUT_OF_MEMORY;
    default:
      return Code::STORE_UNAVAILABLE;
  }
}

int openat2_beneath(int root, const std::string& path, int flags) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags) | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(syscall(SYS_openat2, root, path.c_str(), &how, sizeof how));
}

/// What would lie below a file is not there. A folder below a file is another matter: it stands in the way of writing.
bool says_absent(int number, int flags) {
  return number == ENOENT || (number == ENOTDIR && (flags & O_DIRECTORY) == 0);
}

/// For kernels and sandboxes without openat2: no link is followed at all.
int walk_without_links(int root, const std::string& path, int flags) {
  Descriptor folder(dup(root));
  std::string_view rest = path;
  for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
    const std::string segment(rest.substr(0, slash));
    Descriptor next(openat(folder.get(), segment.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!next.is_open()) return -1;
    folder = std::move(next);
    rest.remove_prefix(slash + 1);
  }
  return openat(folder.get(), std::string(rest).c_str(), flags | O_NOFOLLOW | O_CLOEXEC);
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor open_beneath(int root, const std::string& path, int flags) {
  int fd = -1;
  do {
    fd = openat2_beneath(root, path, flags);
    if (fd < 0 && (errno == ENOSYS || errno == E2BIG)) fd = walk_without_links(root, path, flags);
  } while (fd < 0 && (errno == EINTR || errno == EAGAIN));
  if (fd < 0 && !says_absent(errno, flags)) throw_errno(errno, "opening", path);
  return Descriptor(fd);
}

void throw_errno(int number, std::string_view doing, const std::string& what) {
  const Code code = code_of(number);
  const std::string reason = number == EXDEV   ? "a link on the way leads out of the store's root"
                             : number == ELOOP ? "a link on the way leads in a circle, or may not be followed"
                                               : std::string(std::strerror(number));
  throw Error(code, std::string(doing) + " " + what + ": " + reason,
              {{"key", what}, {"errno", std::to_string(number)}});
}

}  // namespace mf::store
