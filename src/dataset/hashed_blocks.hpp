#pragma once
// The bytes of a file, block by block, hashed as they pass: what is parsed is what is hashed.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "dataset/background_hasher.hpp"
#include "dataset/blocks.hpp"
#include "mf/identity/digest.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// What the bytes of a file are.
struct Fingerprint {
  identity::Digest sha256;
  std::int64_t bytes = 0;
};

/// Reads a source once, from front to back. One thread; `source` must outlive it.
class HashedBlocks : public Blocks {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

  explicit HashedBlocks(store::Source& source, std::size_t block_bytes = kBlockBytes);

  std::string_view next(std::string_view carry) override;
  [[nodiscard]] std::shared_ptr<const char[]> owner() const override { return block_; }

  /// Reads and hashes what is left, and says what the whole file is. Once.
  Fingerprint finish();

 private:
  store::Source& source_;
  std::size_t block_bytes_;
  std::int64_t bytes_ = 0;
  std::shared_ptr<char[]> block_;
  BackgroundHasher hasher_;
};

}  // namespace mf::dataset
