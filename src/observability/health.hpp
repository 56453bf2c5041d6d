#pragma once
// How the runs of a platform run are doing, in one word.

#include <string>
#include <vector>

#include "mf/observability/summaries.hpp"

namespace mf::observability {

struct Health {
  std::string state;  ///< GREEN, AMBER or RED
  std::vector<std::string> reasons;
};

/// RED by one failed run or ten anomalies; AMBER by one anomaly, a publication that is pending, or a log that cannot be
/// read. A gate FAIL and a cancellation are answers, not failures.
Health health_of(const Account& account);

}  // namespace mf::observability
