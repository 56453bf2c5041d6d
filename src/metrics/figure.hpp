#pragma once
// How a figure is made: from a number, or from the reason why there is none.

#include <cstdint>
#include <string>
#include <utility>

#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

inline constexpr const char* kNoRows = "no rows in this part";
inline constexpr const char* kNoFraud = "no fraud rows in this part";
inline constexpr const char* kNoLegitimate = "no legitimate rows in this part";

inline Figure defined(double value) { return {value, {}}; }

inline Figure undefined(std::string reason) { return {std::nullopt, std::move(reason)}; }

/// `part` / `whole`, both below 2^53; `whole` is not 0.
inline double ratio(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace mf::metrics
