#pragma once
// The days and weeks that rows fall on, numbered without gaps.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mf::metrics {

class Calendar {
 public:
  /// Of these days (since 1970-01-01), in any order, any number of times.
  explicit Calendar(std::span<const std::int32_t> days);

  [[nodiscard]] std::size_t days() const { return days_.size(); }
  [[nodiscard]] std::size_t weeks() const { return mondays_.size(); }

  /// The number of a day that was given: from 0, ascending.
  [[nodiscard]] std::uint32_t day(std::int32_t day) const {
    return numbers_[static_cast<std::size_t>(std::int64_t{day} - first_)];
  }

  /// The number of the week, from Monday to Sunday (UTC), that day number `day` lies in: from 0, ascending.
  [[nodiscard]] std::uint32_t week(std::uint32_t day) const { return weeks_[day]; }

  [[nodiscard]] std::int32_t date(std::uint32_t day) const { return days_[day]; }
  [[nodiscard]] std::int32_t monday(std::uint32_t week) const { return mondays_[week]; }

 private:
  std::int64_t first_ = 0;
  std::vector<std::uint32_t> numbers_;  // by day, from first_ on
  std::vector<std::int32_t> days_, mondays_;
  std::vector<std::uint32_t> weeks_;  // by day number
};

}  // namespace mf::metrics
