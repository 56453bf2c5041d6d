#pragma once
// How often each row counts, and how many rows that makes.

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/calendar.hpp"
#include "mf/metrics/ranked_part.hpp"

namespace mf::metrics {

/// Every row once, or each as often as its cluster was drawn.
struct Sample {
  std::span<const std::uint32_t> cluster_of_row;  ///< none: every row once
  std::span<const std::uint32_t> times;           ///< by cluster
  bool of_days = false;                           ///< the clusters are the days of the calendar, else entities

  [[nodiscard]] std::uint32_t times_of(std::size_t row) const {
    return cluster_of_row.empty() ? 1 : times[cluster_of_row[row]];
  }

  /// How often a row counts within its own day: where whole days are drawn, a day is as it was.
  [[nodiscard]] std::uint32_t within_day(std::uint32_t times_of_row) const { return of_days ? 1 : times_of_row; }

  /// How often an entity is there within a day.
  [[nodiscard]] std::uint32_t times_of_entity(std::uint32_t entity) const {
    return cluster_of_row.empty() || of_days ? 1 : times[entity];
  }

  /// How often a day counts among days; a day without rows is not asked for.
  [[nodiscard]] std::uint32_t times_of_day(std::size_t day) const { return of_days ? times[day] : 1; }
};

/// What the rows of a sample come to.
struct Totals {
  std::int64_t positives = 0, negatives = 0;
  double fraud_amount = 0;  ///< 0 when the rows have no amounts

  [[nodiscard]] std::int64_t rows() const { return positives + negatives; }
};

Totals totals(const RankedPart& part, const Sample& sample);

}  // namespace mf::metrics
