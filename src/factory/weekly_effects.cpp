#include "factory/weekly_effects.hpp"

#include <algorithm>

#include "mf/time.hpp"

namespace mf::factory {
namespace {

using contracts::Explanations;

std::int64_t floor_divide(std::int64_t number, std::int64_t by) { return number / by - (number % by < 0 ? 1 : 0); }

/// Day 0, 1970-01-01, was a Thursday.
std::int64_t monday_of(std::int64_t event_time) {
  return floor_divide(floor_divide(event_time, kMicrosecondsPerDay) + 3, 7) * 7 - 3;
}

std::string date_of(std::int64_t day) { return to_string(UtcTime{day * kMicrosecondsPerDay}).substr(0, 10); }

std::vector<std::size_t> first_of(const std::vector<double>& sizes, std::size_t count) {
  auto order = engine::ranked(sizes);
  order.resize(std::min(count, order.size()));
  return order;
}

double overlap_of(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  const auto both = std::ranges::count_if(a, [&](std::size_t one) { return std::ranges::find(b, one) != b.end(); });
  return static_cast<double>(both) / static_cast<double>(a.size());
}

void note_lowest(std::optional<double>& lowest, const std::optional<double>& figure) {
  if (figure && (!lowest || *figure < *lowest)) lowest = figure;
}

}  // namespace

void WeeklyEffects::add(std::int64_t event_time, const engine::Contributions& row) {
  weeks_.try_emplace(monday_of(event_time), features_).first->second.add(row);
}

Explanations::Stability WeeklyEffects::against(const std::vector<double>& whole, const std::vector<std::string>& names,
                                               std::size_t top) const {
  Explanations::Stability stability;
  stability.top = static_cast<std::int64_t>(top);
  const auto of_whole = first_of(whole, top);
  for (const auto& [monday, effects] : weeks_) {
    const auto sizes = effects.mean_abs();
    const auto of_week = first_of(sizes, top);
    auto& week = stability.weeks.emplace_back();
    week.week = date_of(monday);
    week.rows = static_cast<std::int64_t>(effects.rows());
    for (const std::size_t feature : of_week) week.top.push_back(names[feature]);
    if (effects.rows() < kFewestRows) {
      week.reason = "fewer than " + std::to_string(kFewestRows) + " rows of the week were explained";
      continue;
    }
    week.overlap = overlap_of(of_whole, of_week);
    week.rank_correlation = engine::rank_correlation(whole, sizes);
    if (!week.rank_correlation) week.reason = "all features add the same";
    note_lowest(stability.lowest_overlap, week.overlap);
    note_lowest(stability.lowest_rank_correlation, week.rank_correlation);
  }
  return stability;
}

}  // namespace mf::factory
