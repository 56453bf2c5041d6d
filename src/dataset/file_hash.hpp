#pragma once
// SHA-256 of a file that somebody else reads here and there meanwhile.

#include <exception>
#include <thread>

#include "dataset/hashed_blocks.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// Reads a file from front to back on a thread of its own. One use, ended by finish; given up when it goes.
class FileHash {
 public:
  /// `file` must outlive it.
  explicit FileHash(const store::RandomAccess& file);

  /// Waits for the end of the file. Throws STORE_UNAVAILABLE, and what else reading it threw.
  Fingerprint finish();

 private:
  void hash(const std::stop_token& stop);

  const store::RandomAccess& file_;
  identity::Hasher hasher_;
  std::int64_t bytes_ = 0;
  std::exception_ptr failure_;
  std::jthread thread_;
};

}  // namespace mf::dataset
