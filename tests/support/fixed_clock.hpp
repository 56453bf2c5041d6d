#pragma once
// A clock that a test turns by hand.

#include "mf/time.hpp"

namespace mf::testing {

class FixedClock : public Clock {
 public:
  explicit FixedClock(std::string_view start = "2026-02-10T00:00:00Z") : now_(parse_utc(start).value()) {}
  [[nodiscard]] UtcTime now() const override { return now_; }
  void advance_seconds(std::int64_t seconds) { now_.microseconds += seconds * kMicrosecondsPerSecond; }

 private:
  UtcTime now_;
};

}  // namespace mf::testing
