#pragma once
// When to tell how far a step is, and how long it may still take.
//
// Room: observability.  Pure: the caller reads the clock.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace mf::observability {

class ProgressPace {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  explicit ProgressPace(Duration between) : between_(between) {}

  /// Whether to tell now: `between` has passed since the step began or was told last. Another name is another step.
  bool is_due(const std::string& step, Time now);

  /// The seconds that are left if the step goes on as it went, or nothing while that cannot be said.
  [[nodiscard]] std::optional<long> seconds_left(std::size_t done, std::size_t total, Time now) const;

 private:
  Duration between_;
  std::string step_;
  Time began_;
  Time told_;
};

/// Such as `training  42% (210/500), about 12 s left, validation logloss 0.0812`.
std::string progress_line(const std::string& step, std::size_t done, std::size_t total, const std::string& remark,
                          std::optional<long> seconds_left);

}  // namespace mf::observability
