#include "mf/store/scratch_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "store/beneath.hpp"

namespace mf::store {
namespace {

constexpr mode_t kFileMode = 0600;

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

std::string scratch_folder() {
  const char* folder = std::getenv("TMPDIR");
  if (folder != nullptr && *folder == '/') return folder;
  return ::access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp";
}

ScratchFile::ScratchFile(std::string folder, std::size_t kept_in_memory)
    : folder_(std::move(folder)), kept_in_memory_(kept_in_memory) {}

ScratchFile::~ScratchFile() = default;
ScratchFile::ScratchFile(ScratchFile&&) noexcept = default;
ScratchFile& ScratchFile::operator=(ScratchFile&&) noexcept = default;

void ScratchFile::append(std::string_view bytes) {
  if (!file_ && size_ + bytes.size() > kept_in_memory_) move_to_disk();
  if (file_) return write(bytes);
  memory_.append(bytes);
  size_ += bytes.size();
}

void ScratchFile::move_to_disk() {
  file_ = std::make_unique<Descriptor>(open_nameless(folder_));
  if (!file_->is_open()) throw_errno(errno, "making", "a scratch file in " + folder_);
  size_ = 0;
  write(memory_);
  std::string().swap(memory_);
}

void ScratchFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::pwrite(file_->get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno(errno, "writing", "a scratch file in " + folder_);
    size_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::size_t ScratchFile::read_at(std::uint64_t offset, std::span<char> room) const {
  room = room.first(std::min<std::uint64_t>(room.size(), size_ - std::min(offset, size_)));
  read(offset, room);
  return room.size();
}

void ScratchFile::read(std::uint64_t offset, std::span<char> room) const {
  if (!file_ && offset + room.size() <= size_) {
    std::copy_n(memory_.data() + offset, room.size(), room.data());
    return;
  }
  while (!room.empty()) {
    const auto got = file_ ? ::pread(file_->get(), room.data(), room.size(), static_cast<off_t>(offset)) : 0;
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw_errno(got < 0 ? errno : EIO, "reading", "a scratch file in " + folder_);
    offset += static_cast<std::uint64_t>(got);
    room = room.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace mf::store
