#include "dataset/background_hasher.hpp"

#include <utility>

namespace mf::dataset {

BackgroundHasher::BackgroundHasher() : thread_([this](const std::stop_token& stop) { hash_blocks(stop); }) {}

void BackgroundHasher::add(std::shared_ptr<const char[]> owner, std::string_view bytes) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < kWaiting || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  waiting_.push_back({std::move(owner), bytes});
  changed_.notify_all();
}

identity::Digest BackgroundHasher::finish() {
  {
    const std::scoped_lock lock(mutex_);
    complete_ = true;
    changed_.notify_all();
  }
  thread_.join();
  if (failure_) std::rethrow_exception(failure_);
  return hasher_.finish();
}

void BackgroundHasher::hash_blocks(const std::stop_token& stop) {
  Block block;
  while (take(stop, block)) {
    try {
      hasher_.update(block.bytes);
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      failure_ = std::current_exception();
      changed_.notify_all();
      return;
    }
  }
}

bool BackgroundHasher::take(const std::stop_token& stop, Block& block) {
  std::unique_lock lock(mutex_);
  const bool awake = changed_.wait(lock, stop, [&] { return !waiting_.empty() || complete_; });
  if (!awake || waiting_.empty()) return false;
  block = std::move(waiting_.front());
  waiting_.pop_front();
  changed_.notify_all();
  return true;
}

}  // namespace mf::dataset
