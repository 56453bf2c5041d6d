#include "dataset/file_hash.hpp"

#include <vector>

namespace mf::dataset {

FileHash::FileHash(const store::RandomAccess& file)
    : file_(file), thread_([this](const std::stop_token& stop) { hash(stop); }) {}

Fingerprint FileHash::finish() {
  thread_.join();
  if (failure_) std::rethrow_exception(failure_);
  return {hasher_.finish(), bytes_};
}

void FileHash::hash(const std::stop_token& stop) {
  try {
    std::vector<char> block(HashedBlocks::kBlockBytes);
    while (!stop.stop_requested()) {
      const std::size_t got = file_.read_at(static_cast<std::uint64_t>(bytes_), block);
      if (got == 0) return;
      hasher_.update({block.data(), got});
      bytes_ += static_cast<std::int64_t>(got);
    }
  } catch (...) {
    failure_ = std::current_exception();
  }
}

}  // namespace mf::dataset
