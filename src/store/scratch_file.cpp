#include "mf/store/scratch_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "store/beneath.hpp"

namespace mf::store {
namespace {

constexpr mode_t kFileMode = 0600;
constexpr const char* kWhat = "the scratch file";

/// The same by way of a name that goes at once, for file systems without O_TMPFILE.
int open_and_unname(const std::string& folder) {
  std::string path = folder + "/.scratch-XXXXXX";
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file >= 0) ::unlink(path.c_str());
  return file;
}

int open_nameless(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, kFileMode);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return file;
  return open_and_unname(folder);
}

}  // namespace

ScratchFile::ScratchFile(const std::string& folder) : file_(std::make_unique<Descriptor>(open_nameless(folder))) {
  if (!file_->is_open()) throw_errno(errno, "making", "a scratch file in " + folder);
}

ScratchFile::~ScratchFile() = default;
ScratchFile::ScratchFile(ScratchFile&&) noexcept = default;
ScratchFile& ScratchFile::operator=(ScratchFile&&) noexcept = default;

void ScratchFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::pwrite(file_->get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno(errno, "writing", kWhat);
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void ScratchFile::read(std::uint64_t offset, std::span<char> room) const {
  while (!room.empty()) {
    const auto got = ::pread(file_->get(), room.data(), room.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw_errno(got < 0 ? errno : EIO, "reading", kWhat);
    offset += static_cast<std::uint64_t>(got);
    room = room.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace mf::store
