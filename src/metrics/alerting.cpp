#include "metrics/alerting.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "metrics/decimal.hpp"
#include "metrics/reasons.hpp"
#include "metrics/told_alerts.hpp"

namespace mf::metrics {
namespace {

constexpr const char* kTooSmall = "this part is too small for one alert at this rate";

}  // namespace

std::int64_t alerts_allowed(double rate, std::int64_t rows) {
  return static_cast<std::int64_t>(std::floor(rate * static_cast<double>(rows) + 1e-9));
}

TopRows::TopRows(const RankedPart& part, const Totals& totals, const EvaluationSettings& settings,
                 std::string value_reason)
    : part_(part), totals_(totals), rates_(settings.alert_rates), value_reason_(std::move(value_reason)) {
  for (const std::int64_t k : settings.top_k) tops_.emplace_back("_at_" + std::to_string(k), k);
  for (const double rate : rates_)
    tops_.emplace_back("_at_alert_rate_" + decimal(rate), alerts_allowed(rate, totals.rows()));
  for (const Top& top : tops_) most_ = std::max(most_, top.alerts);
}

void TopRows::take(const Piece& piece) {
  for (const CountedRow& row : piece.rows) {
    if (rows_ >= most_) return;
    for (Top& top : tops_) take(row, top);
    rows_ += row.times;
  }
}

void TopRows::take(const CountedRow& row, Top& top) {
  const std::int64_t taken = std::min<std::int64_t>(row.times, top.alerts - top.rows);
  if (taken == 0) return;
  top.rows += taken;
  top.lowest = part_.scores[row.row];
  if (part_.labels[row.row] == 0) return;
  top.frauds += taken;
  if (!part_.amounts.empty()) top.fraud_amount.add(static_cast<double>(taken) * part_.amounts[row.row]);
}

void TopRows::tell(Figures& figures) {
  for (const Top& top : tops_) tell(top, figures);
}

void TopRows::tell(const Top& top, Figures& figures) const {
  ToldAlerts told;
  if (top.alerts == 0) told.none = kTooSmall;
  if (totals_.rows() == 0) told.none = kNoRows;
  told.precision = told.none != nullptr ? undefined(told.none) : defined(ratio(top.frauds, top.alerts));
  told.found = top.frauds;
  told.found_amount = top.fraud_amount.value();
  tell_alerts(told, "", top.suffix, totals_, part_.amounts.empty() ? nullptr : &value_reason_, figures);
}

std::vector<AlertRate> TopRows::alert_rates() const {
  std::vector<AlertRate> rates;
  for (std::size_t i = 0; i < rates_.size(); ++i) {
    const Top& top = tops_[tops_.size() - rates_.size() + i];
    const char* none = totals_.rows() == 0 ? kNoRows : kTooSmall;
    rates.push_back({rates_[i], top.alerts, top.rows == 0 ? undefined(none) : defined(top.lowest)});
  }
  return rates;
}

}  // namespace mf::metrics
