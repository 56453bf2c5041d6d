#pragma once
// Why money cannot be counted: amounts that are missing or negative.

#include <string>

#include "mf/metrics/ranked_part.hpp"

namespace mf::metrics {

/// Why there are no figures in money, by the rows whose amounts they need; empty where there are.
struct ValueReasons {
  std::string frauds, all;
};

/// Of a part with amounts.
ValueReasons value_reasons(const RankedPart& part);

}  // namespace mf::metrics
