#pragma once
// The figures that every set of alerts has: precision, recall, lift, and the recall of money.

#include <string>

#include "metrics/sample.hpp"
#include "mf/metrics/figure.hpp"

namespace mf::metrics {

struct ToldAlerts {
  Figure precision;
  std::int64_t found = 0;      ///< frauds among the alerts
  double found_amount = 0;     ///< and what they come to
  const char* none = nullptr;  ///< why there cannot be an alert, if there cannot
};

/// Adds <prefix>precision<suffix>, recall, lift and, where `value_reason` points to a text, value_recall: undefined for
/// this reason unless it is empty.
void tell_alerts(const ToldAlerts& told, const std::string& prefix, const std::string& suffix, const Totals& totals,
                 const std::string* value_reason, Figures& figures);

/// `found` / all fraud amount, or why there is no such share.
Figure value_recall(double found, const Totals& totals, const std::string& value_reason);

}  // namespace mf::metrics
