#include "mf/dataset/on_threads.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace mf::dataset {

std::size_t worker_count(int threads, std::size_t items) {
  return std::clamp<std::size_t>(items, 1, static_cast<std::size_t>(std::max(1, threads)));
}

void on_threads(int threads, std::size_t items, const std::function<void(std::size_t, std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto take_items = [&](std::size_t worker) {
    try {
      for (std::size_t item = next++; item < items; item = next++) work(item, worker);
    } catch (...) {
      next = items;
      const std::scoped_lock lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t worker = 1; worker < worker_count(threads, items); ++worker)
      others.emplace_back(take_items, worker);
    take_items(0);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace mf::dataset
