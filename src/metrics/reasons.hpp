#pragma once
// How a figure is made: from a number, or from the reason why there is none.

#include <cstdint>
#include <string>
#include <utility>

#include "mf/metrics/figure.hpp"

namespace mf::metrics {

inline constexpr const char* kNoRows = "no rows in this part";
inline constexpr const char* kNoFraud = "no fraud rows in this part";
inline constexpr const char* kNoLegitimate = "no legitimate rows in this part";
inline constexpr const char* kNoAlerts = "no row is alerted on";
inline constexpr const char* kNoDays = "the rows have no event days";
inline constexpr const char* kNoEntities = "the rows name no entities";
inline constexpr const char* kNoAmounts = "the rows have no amounts";
inline constexpr const char* kNoFraudAmount = "the frauds of this part come to no amount";

inline Figure defined(double value) { return {value, {}}; }

inline Figure undefined(std::string reason) { return {std::nullopt, std::move(reason)}; }

/// `part` / `whole`, both below 2^53; `whole` is not 0.
inline double ratio(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// `part` / `whole`, or `reason` when `whole` is 0.
inline Figure share(std::int64_t part, std::int64_t whole, const char* reason) {
  return whole == 0 ? undefined(reason) : defined(ratio(part, whole));
}

}  // namespace mf::metrics
