#pragma once
// Bytes that have no room in memory, for as long as one step takes.
//
// Room: store.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace mf::store {

class Descriptor;

/// A file without a name: nobody else can open it, and it is gone with its owner, however that ends. It is read with
/// plain reads, never mapped, so that only what is asked for is in the process's memory.
class ScratchFile {
 public:
  /// Makes the file on the file system of `folder`, which is there. Throws STORE_FULL, STORE_NOT_PERMITTED or
  /// STORE_UNAVAILABLE.
  explicit ScratchFile(const std::string& folder);
  ~ScratchFile();
  ScratchFile(ScratchFile&&) noexcept;
  ScratchFile& operator=(ScratchFile&&) noexcept;

  /// Throws as the constructor; the file is then of no use.
  void append(std::string_view bytes);

  /// Fills `room` with the bytes from `offset` on, which have been appended. Throws STORE_UNAVAILABLE. Any thread.
  void read(std::uint64_t offset, std::span<char> room) const;

  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  std::unique_ptr<Descriptor> file_;
  std::uint64_t size_ = 0;
};

}  // namespace mf::store
