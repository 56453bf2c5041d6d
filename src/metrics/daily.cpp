#include "metrics/daily.hpp"

#include <algorithm>
#include <utility>

#include "metrics/alerting.hpp"
#include "metrics/compensated_sum.hpp"
#include "metrics/decimal.hpp"
#include "metrics/reasons.hpp"
#include "metrics/told_alerts.hpp"

namespace mf::metrics {

DailyAlerts::DailyAlerts(const RankedPart& part, const Calendar& calendar, const Sample& sample, const Totals& totals,
                         const EvaluationSettings& settings, std::string value_reason)
    : part_(part),
      calendar_(calendar),
      sample_(sample),
      totals_(totals),
      value_reason_(std::move(value_reason)),
      rows_(rows_by_day()),
      seen_(calendar.days()),
      most_(calendar.days()) {
  allow(settings);
  for (const Allowance& allowance : allowances_)
    for (std::size_t day = 0; day < most_.size(); ++day) most_[day] = std::max(most_[day], allowance.days[day].allowed);
}

void DailyAlerts::allow(const EvaluationSettings& settings) {
  for (const std::int64_t k : settings.top_k)
    allowances_.push_back({"_at_" + std::to_string(k), std::vector<Found>(rows_.size(), Found{k})});
  for (const double rate : settings.alert_rates) {
    Allowance allowance{"_at_alert_rate_" + decimal(rate), {}};
    for (const std::int64_t rows : rows_) allowance.days.push_back({alerts_allowed(rate, rows)});
    allowances_.push_back(std::move(allowance));
  }
}

std::vector<std::int64_t> DailyAlerts::rows_by_day() const {
  std::vector<std::int64_t> rows(calendar_.days());
  for (std::size_t row = 0; row < part_.rows(); ++row) {
    rows[calendar_.day(part_.days[row])] += sample_.within_day(sample_.times_of(row));
  }
  return rows;
}

void DailyAlerts::take(const Piece& piece) {
  for (const CountedRow& row : piece.rows) {
    const std::uint32_t day = calendar_.day(part_.days[row.row]);
    if (seen_[day] >= most_[day]) continue;
    const std::uint32_t times = sample_.within_day(row.times);
    if (part_.labels[row.row] != 0) take(row, day, times);
    seen_[day] += times;
  }
}

void DailyAlerts::take(const CountedRow& row, std::size_t day, std::int64_t times) {
  for (Allowance& allowance : allowances_) {
    Found& found = allowance.days[day];
    const std::int64_t taken = std::min(times, found.allowed - seen_[day]);
    if (taken <= 0) continue;
    found.frauds += taken;
    if (!part_.amounts.empty()) found.fraud_amount.add(static_cast<double>(taken) * part_.amounts[row.row]);
  }
}

void DailyAlerts::tell(Figures& figures) {
  for (const Allowance& allowance : allowances_) tell(allowance, figures);
}

void DailyAlerts::tell(const Allowance& allowance, Figures& figures) const {
  ToldAlerts told;
  CompensatedSum precisions, amount;
  std::int64_t days = 0;
  for (std::size_t day = 0; day < rows_.size(); ++day) {
    const Found& found = allowance.days[day];
    if (rows_[day] == 0 || found.allowed == 0) continue;
    const std::uint32_t times = sample_.times_of_day(day);
    days += times;
    precisions.add(times * ratio(found.frauds, found.allowed));
    told.found += times * found.frauds;
    amount.add(times * found.fraud_amount.value());
  }
  if (days == 0) told.none = totals_.rows() == 0 ? kNoRows : "no day has enough rows for one alert at this rate";
  told.precision = days == 0 ? undefined(told.none) : defined(precisions.value() / static_cast<double>(days));
  told.found_amount = amount.value();
  tell_alerts(told, "daily_", allowance.suffix, totals_, part_.amounts.empty() ? nullptr : &value_reason_, figures);
}

void DailyAlerts::tell_day(std::size_t day, Figures& figures) const {
  for (const Allowance& allowance : allowances_)
    if (!allowance.suffix.starts_with("_at_alert_rate_"))
      figures["precision" + allowance.suffix] = defined(ratio(allowance.days[day].frauds, allowance.days[day].allowed));
}

}  // namespace mf::metrics
