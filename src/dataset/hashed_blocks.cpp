#include "dataset/hashed_blocks.hpp"

#include <algorithm>
#include <span>

namespace mf::dataset {
namespace {

/// Fills `room` unless the file ends first: a source may give less than it is asked for.
std::size_t fill(store::Source& source, std::span<char> room) {
  std::size_t filled = 0;
  while (filled < room.size()) {
    const std::size_t got = source.read(room.subspan(filled));
    if (got == 0) break;
    filled += got;
  }
  return filled;
}

}  // namespace

HashedBlocks::HashedBlocks(store::Source& source, std::size_t block_bytes)
    : source_(source), block_bytes_(block_bytes) {}

std::string_view HashedBlocks::next(std::string_view carry) {
  // A new block each time: the hasher may still be reading the old one.
  std::shared_ptr<char[]> block(new char[carry.size() + block_bytes_]);
  std::copy(carry.begin(), carry.end(), block.get());
  const std::size_t fresh = fill(source_, {block.get() + carry.size(), block_bytes_});
  block_ = std::move(block);
  if (fresh > 0) hasher_.add(block_, {block_.get() + carry.size(), fresh});
  bytes_ += static_cast<std::int64_t>(fresh);
  return {block_.get(), carry.size() + fresh};
}

Fingerprint HashedBlocks::finish() {
  while (!next({}).empty()) continue;
  return {hasher_.finish(), bytes_};
}

}  // namespace mf::dataset
