#pragma once
// What a metric gives: a number, or the reason why there is none. Never a silent 0 or 1.
//
// Room: metrics.

#include <map>
#include <optional>
#include <string>

namespace mf::metrics {

struct Figure {
  std::optional<double> value;
  std::string reason;  ///< empty when there is a value
  bool operator==(const Figure&) const = default;
};

/// By the names of mf/metrics/catalogue.hpp.
using Figures = std::map<std::string, Figure>;

}  // namespace mf::metrics
