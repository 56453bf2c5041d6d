#include "metrics/told_alerts.hpp"

#include <algorithm>

#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

Figure recall_of(const ToldAlerts& told, const Totals& totals) {
  if (told.none != nullptr) return undefined(told.none);
  return share(told.found, totals.positives, totals.rows() == 0 ? kNoRows : kNoFraud);
}

Figure lift_of(const ToldAlerts& told, const Totals& totals) {
  if (!told.precision.value) return told.precision;
  if (totals.positives == 0) return undefined(kNoFraud);
  return defined(*told.precision.value / ratio(totals.positives, totals.rows()));
}

}  // namespace

Figure value_recall(double found, const Totals& totals, const std::string& value_reason) {
  if (totals.rows() == 0) return undefined(kNoRows);
  if (totals.positives == 0) return undefined(kNoFraud);
  if (!value_reason.empty()) return undefined(value_reason);
  if (!(totals.fraud_amount > 0)) return undefined(kNoFraudAmount);
  // Sums in two orders may part by a last bit, and no share is above 1.
  return defined(std::min(1.0, found / totals.fraud_amount));
}

void tell_alerts(const ToldAlerts& told, const std::string& prefix, const std::string& suffix, const Totals& totals,
                 const std::string* value_reason, Figures& figures) {
  figures[prefix + "precision" + suffix] = told.precision;
  figures[prefix + "recall" + suffix] = recall_of(told, totals);
  figures[prefix + "lift" + suffix] = lift_of(told, totals);
  if (value_reason == nullptr) return;
  figures[prefix + "value_recall" + suffix] =
      told.none != nullptr ? undefined(told.none) : value_recall(told.found_amount, totals, *value_reason);
}

}  // namespace mf::metrics
