#pragma once
// The text inside of a packed file. Which packing it is, is always said: nothing is guessed from the bytes.
//
// Several gzip members or zstd frames one after the other are one text, as `gzip -d` and `zstd -d` have it; a file that
// ends inside of one is refused, and so is anything after the last.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dataset/blocks.hpp"

namespace mf::dataset {

enum class Packing { gzip, zstd };

/// The packing of a materialisation's format; nothing for what is not packed.
std::optional<Packing> packing_of(std::string_view format);

/// One way of unpacking: zlib or libzstd.
class Unpacker {
 public:
  struct Step {
    std::size_t taken = 0;  ///< packed bytes used up
    std::size_t given = 0;  ///< bytes of text written
    bool complete = false;  ///< a member or frame has ended here
  };
  virtual ~Unpacker() = default;
  /// Unpacks from `packed` into `room` until one of the two is used up, or a member ends. Nothing when it is malformed.
  virtual bool unpack(std::string_view packed, std::span<char> room, Step& step) = 0;
};

/// Throws OUT_OF_MEMORY.
std::unique_ptr<Unpacker> new_unpacker(Packing packing);

/// Unpacks what `packed` gives. One thread; `packed` must outlive it.
class UnpackedBlocks : public Blocks {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

  /// `name` is the file's name in messages.
  UnpackedBlocks(Blocks& packed, Packing packing, std::string name, std::size_t block_bytes = kBlockBytes);

  /// Throws DATA_INVALID when the file is not packed as was said, or ends too early.
  std::string_view next(std::string_view carry) override;
  [[nodiscard]] std::shared_ptr<const char[]> owner() const override { return block_; }

 private:
  std::size_t fill(std::span<char> room);
  bool refill();
  [[noreturn]] void refuse(const std::string& what) const;

  Blocks& packed_;
  Packing packing_;
  std::string name_;
  std::size_t block_bytes_;
  std::unique_ptr<Unpacker> unpacker_;
  std::string_view rest_;  // packed bytes not yet used up
  bool inside_ = true;     // of a member or frame; also at the beginning: an empty file is no packed one
  std::shared_ptr<char[]> block_;
};

}  // namespace mf::dataset
