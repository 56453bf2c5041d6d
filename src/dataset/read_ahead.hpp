#pragma once
// The next item made while the one before it is in use.

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace mf::dataset {

/// Calls `make` on one thread of its own, always the same, and holds at most one item that was not asked for yet. One
/// taker.
template <class Item>
class ReadAhead {
 public:
  /// `make` gives null after the last item.
  explicit ReadAhead(std::function<std::unique_ptr<Item>()> make)
      : make_(std::move(make)), thread_([this](const std::stop_token& stop) { work(stop); }) {}

  /// The next item, null at the end. Waits for it; throws what `make` threw, and is of no use then.
  std::unique_ptr<Item> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_ready_ || is_over_; });
    if (failure_) std::rethrow_exception(failure_);
    is_ready_ = false;
    changed_.notify_all();
    return std::move(item_);
  }

 private:
  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!is_over_ && changed_.wait(lock, stop, [&] { return !is_ready_; })) {
      lock.unlock();
      auto made = made_now();
      lock.lock();
      item_ = std::move(made);
      (item_ ? is_ready_ : is_over_) = true;
      changed_.notify_all();
    }
  }

  std::unique_ptr<Item> made_now() {
    try {
      return make_();
    } catch (...) {
      failure_ = std::current_exception();
      return nullptr;
    }
  }

  const std::function<std::unique_ptr<Item>()> make_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::unique_ptr<Item> item_;
  std::exception_ptr failure_;  // read only when it is over
  bool is_ready_ = false, is_over_ = false;
  std::jthread thread_;
};

}  // namespace mf::dataset
