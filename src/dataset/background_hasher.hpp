#pragma once
// SHA-256 on a thread of its own, beside the parser.

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

#include "mf/identity/digest.hpp"

namespace mf::dataset {

/// Hashes what it is given, in that order, while the giver goes on. One giver thread; one use, ended by finish.
class BackgroundHasher {
 public:
  BackgroundHasher();

  /// Hashes `bytes`, which must stay unchanged as long as `owner` lives. Waits while kWaiting blocks are not hashed
  /// yet, so that memory stays bounded. Throws what hashing an earlier block threw.
  void add(std::shared_ptr<const char[]> owner, std::string_view bytes);

  /// The digest of everything added. Throws what hashing threw.
  identity::Digest finish();

 private:
  struct Block {
    std::shared_ptr<const char[]> owner;
    std::string_view bytes;
  };
  static constexpr std::size_t kWaiting = 4;

  void hash_blocks(const std::stop_token& stop);
  bool take(const std::stop_token& stop, Block& block);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Block> waiting_;
  bool complete_ = false;
  std::exception_ptr failure_;
  identity::Hasher hasher_;
  std::jthread thread_;
};

}  // namespace mf::dataset
