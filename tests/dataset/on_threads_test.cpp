#include "mf/dataset/on_threads.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stdexcept>
#include <vector>

namespace mf::dataset {
namespace {

TEST(OnThreads, DoesEachItemOnce) {
  for (const int threads : {-1, 0, 1, 2, 7}) {
    std::vector<std::atomic<int>> done(50);
    on_threads(threads, done.size(), [&](std::size_t item, std::size_t worker) {
      EXPECT_LT(worker, worker_count(threads, done.size()));
      ++done[item];
    });
    for (const auto& times : done) EXPECT_EQ(times, 1) << threads;
  }
}

TEST(OnThreads, UsesNoMoreThreadsThanItems) {
  EXPECT_EQ(worker_count(8, 3), 3U);
  EXPECT_EQ(worker_count(2, 3), 2U);
  EXPECT_EQ(worker_count(8, 0), 1U);
}

TEST(OnThreads, ThrowsWhatAnyThreadThrew) {
  for (const int threads : {1, 4}) {
    EXPECT_THROW(on_threads(threads, 20,
                            [](std::size_t item, std::size_t) {
                              if (item > 2) throw std::bad_alloc();
                            }),
                 std::bad_alloc);
  }
}

TEST(OnThreads, DoesNothingWhereThereIsNothing) {
  on_threads(4, 0, [](std::size_t, std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace mf::dataset
