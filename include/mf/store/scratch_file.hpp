#pragma once
// Bytes that have no room in memory, for as long as one step takes.
//
// Room: store.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "mf/store/artifact_store.hpp"

namespace mf::store {

class Descriptor;

/// Where scratch files lie: the folder TMPDIR when it names one by its whole path, else /var/tmp, which is on disk
/// where /tmp often is memory; /tmp where nothing can be written there.
std::string scratch_folder();

/// A file without a name: nobody else can open it, and it is gone with its owner, however that ends. It is read with
/// plain reads, never mapped, so that only what is asked for is in the process's memory. A little is kept in memory
/// and never becomes a file.
class ScratchFile : public RandomAccess {
 public:
  static constexpr std::size_t kKeptInMemory = std::size_t{4} << 20;

  /// The file will be on the file system of `folder`; it is made when there are more than `kept_in_memory` bytes.
  explicit ScratchFile(std::string folder, std::size_t kept_in_memory = kKeptInMemory);
  ~ScratchFile() override;
  ScratchFile(ScratchFile&&) noexcept;
  ScratchFile& operator=(ScratchFile&&) noexcept;

  /// Throws STORE_FULL, STORE_NOT_PERMITTED or STORE_UNAVAILABLE, naming the folder; the file is then of no use.
  void append(std::string_view bytes);

  /// Fills `room` with the bytes from `offset` on, which have been appended. Throws STORE_UNAVAILABLE. Any thread.
  void read(std::uint64_t offset, std::span<char> room) const;

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  std::size_t read_at(std::uint64_t offset, std::span<char> room) const override;
  [[nodiscard]] bool unchanged() const override { return true; }

 private:
  void move_to_disk();
  void write(std::string_view bytes);

  std::string folder_;
  std::size_t kept_in_memory_;
  std::string memory_;
  std::unique_ptr<Descriptor> file_;  // nothing while all is in memory
  std::uint64_t size_ = 0;
};

}  // namespace mf::store
