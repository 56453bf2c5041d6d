#include "metrics/calendar.hpp"

#include <algorithm>

namespace mf::metrics {
namespace {

// Day 0, 1970-01-01, was a Thursday.
std::int32_t monday_of(std::int32_t day) {
  const std::int32_t since = (day % 7 + 7 + 3) % 7;
  return day - since;
}

}  // namespace

Calendar::Calendar(std::span<const std::int32_t> days) {
  if (days.empty()) return;
  const auto [first, last] = std::ranges::minmax(days);
  first_ = first;
  numbers_.assign(static_cast<std::size_t>(std::int64_t{last} - first_ + 1), 0);
  for (const std::int32_t day : days) numbers_[static_cast<std::size_t>(day - first_)] = 1;
  for (std::size_t offset = 0; offset < numbers_.size(); ++offset) {
    if (numbers_[offset] == 0) continue;
    numbers_[offset] = static_cast<std::uint32_t>(days_.size());
    days_.push_back(static_cast<std::int32_t>(first_ + static_cast<std::int64_t>(offset)));
    const std::int32_t monday = monday_of(days_.back());
    if (mondays_.empty() || mondays_.back() != monday) mondays_.push_back(monday);
    weeks_.push_back(static_cast<std::uint32_t>(mondays_.size() - 1));
  }
}

}  // namespace mf::metrics
