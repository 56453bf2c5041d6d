#pragma once
// The same work for many items, on several threads.
//
// Room: dataset.

#include <cstddef>
#include <functional>

namespace mf::dataset {

/// How many threads on_threads will use for so many items: 1 or more.
std::size_t worker_count(int threads, std::size_t items);

/// Calls `work` once for each item from 0 to before `items`, on worker_count threads, this one among them; `worker`
/// numbers them. When a call throws, no further item is begun; what was thrown first is thrown again when all have
/// ended.
void on_threads(int threads, std::size_t items, const std::function<void(std::size_t item, std::size_t worker)>& work);

}  // namespace mf::dataset
