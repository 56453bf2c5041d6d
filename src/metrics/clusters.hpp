#pragma once
// The clusters that a bootstrap draws, and the draws.

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/calendar.hpp"
#include "metrics/sample.hpp"
#include "mf/metrics/intervals.hpp"

namespace mf::metrics {

/// The rows of a part by cluster: by entity, each row without one being a cluster of its own, or by day.
class Clusters {
 public:
  Clusters(const RankedPart& part, const Calendar& calendar, Cluster kind);

  /// Why there is nothing to draw from; empty when there is.
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] std::int64_t count() const { return std::ssize(with_fraud_) + std::ssize(without_); }

  /// How often each cluster was drawn for resample number `resample`: as many with fraud as there are, then as many
  /// without, each with replacement. Depends on nothing but the clusters, `seed` and `resample`.
  [[nodiscard]] std::vector<std::uint32_t> draw(std::uint64_t seed, std::uint64_t resample) const;

  /// The sample that such a draw makes; both must outlive it.
  [[nodiscard]] Sample sample(const std::vector<std::uint32_t>& times) const {
    return {of_row_, times, kind_ == Cluster::day};
  }

  /// For the same rows in the order that `order` leads to.
  [[nodiscard]] Clusters reordered(const std::vector<std::uint32_t>& order) const;

 private:
  void number_entities(const RankedPart& part);
  void number_days(const RankedPart& part, const Calendar& calendar);
  void part_by_fraud(const RankedPart& part);
  [[nodiscard]] std::string why_nothing(const RankedPart& part) const;

  Cluster kind_;
  std::uint32_t numbers_ = 0;  // every cluster's number is below it; some may have no rows
  std::vector<std::uint32_t> of_row_;
  std::vector<std::uint32_t> with_fraud_, without_;  // ascending numbers of those with rows
  std::string reason_;
};

}  // namespace mf::metrics
