#pragma once
// How a process at work is told to stop.
//
// Room: factory.

#include <atomic>

namespace mf::factory {

/// May be written by a signal handler.
struct StopRequest {
  std::atomic<bool> heeded = false;  ///< a stage is at work, and will stop where the run can go on
  std::atomic<int> signal = 0;       ///< the signal that asked for it; 0 when none did
};

static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

}  // namespace mf::factory
