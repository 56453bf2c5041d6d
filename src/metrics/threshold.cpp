#include "metrics/threshold.hpp"

#include <algorithm>
#include <cmath>

#include "metrics/reasons.hpp"
#include "metrics/told_alerts.hpp"

namespace mf::metrics {
namespace {

double number(std::int64_t count) { return static_cast<double>(count); }

Figure matthews(const Confusion& c) {
  const double alerts = number(c.true_positives + c.false_positives),
               rest = number(c.true_negatives + c.false_negatives);
  const double frauds = number(c.true_positives + c.false_negatives);
  const double legitimate = number(c.true_negatives + c.false_positives);
  if (alerts == 0) return undefined(kNoAlerts);
  if (rest == 0) return undefined("every row is alerted on");
  const double agreement =
      number(c.true_positives) * number(c.true_negatives) - number(c.false_positives) * number(c.false_negatives);
  return defined(agreement / (std::sqrt(alerts * rest) * std::sqrt(frauds * legitimate)));
}

Figure savings(double cost, double none, double all) {
  const double cheapest = std::min(none, all);
  if (!(cheapest > 0)) return undefined("alerting on nothing, or on everything, costs nothing");
  return defined(1 - cost / cheapest);
}

}  // namespace

double f_beta(const Confusion& counts, double beta) {
  const double found = (1 + beta * beta) * number(counts.true_positives);
  return found / (found + beta * beta * number(counts.false_negatives) + number(counts.false_positives));
}

AtThreshold::AtThreshold(const RankedPart& part, const Totals& totals, const EvaluationSettings& settings,
                         const ValueReasons& reasons)
    : part_(part),
      totals_(totals),
      threshold_(*settings.threshold),
      beta_(settings.beta),
      costs_(settings.costs),
      reasons_(reasons) {}

void AtThreshold::take(const Piece& piece) {
  std::size_t alerted = 0;
  for (const Tie& tie : piece.ties) {
    if (static_cast<double>(tie.score) < threshold_) break;
    found_ += tie.positives;
    false_alarms_ += tie.negatives;
    alerted = tie.end;
  }
  if (part_.amounts.empty()) return;
  for (std::size_t i = 0; i < piece.rows.size(); ++i) add_amounts(piece.rows[i], i < alerted);
}

void AtThreshold::add_amounts(const CountedRow& row, bool alerted) {
  const bool fraud = part_.labels[row.row] != 0;
  if (!alerted && !fraud) return;
  const double amount = row.times * part_.amounts[row.row];
  if (alerted) alerted_amount_.add(amount);
  if (fraud) (alerted ? found_amount_ : missed_amount_).add(amount);
}

Confusion AtThreshold::confusion() const {
  return {found_, false_alarms_, totals_.positives - found_, totals_.negatives - false_alarms_};
}

void AtThreshold::tell(Figures& figures) {
  const Confusion counts = confusion();
  tell_counts(counts, figures);
  tell_both_classes(counts, figures);
  if (!part_.amounts.empty()) tell_values(counts, figures);
  if (costs_) tell_costs(counts, figures);
}

void AtThreshold::tell_counts(const Confusion& counts, Figures& figures) const {
  const std::int64_t alerts = counts.true_positives + counts.false_positives;
  const bool empty = totals_.rows() == 0;
  const char* no_fraud = empty ? kNoRows : totals_.positives == 0 ? kNoFraud : nullptr;
  figures["precision"] = share(counts.true_positives, alerts, empty ? kNoRows : kNoAlerts);
  figures["recall"] = share(counts.true_positives, totals_.positives, no_fraud);
  figures["false_positive_rate"] = share(counts.false_positives, totals_.negatives, empty ? kNoRows : kNoLegitimate);
  figures["alert_share"] = share(alerts, totals_.rows(), kNoRows);
  figures["f1"] = no_fraud != nullptr ? undefined(no_fraud) : defined(f_beta(counts, 1));
  if (beta_) figures["f_beta"] = no_fraud != nullptr ? undefined(no_fraud) : defined(f_beta(counts, *beta_));
}

void AtThreshold::tell_both_classes(const Confusion& counts, Figures& figures) const {
  auto &mcc = figures["mcc"], &error = figures["balanced_error_rate"], &mean = figures["g_mean"];
  if (totals_.positives == 0 || totals_.negatives == 0) {
    mcc = error = mean = undefined(totals_.rows() == 0 ? kNoRows : totals_.positives == 0 ? kNoFraud : kNoLegitimate);
    return;
  }
  const double missed = ratio(counts.false_negatives, totals_.positives);
  const double alarmed = ratio(counts.false_positives, totals_.negatives);
  mcc = matthews(counts);
  error = defined((alarmed + missed) / 2);
  mean = defined(
      std::sqrt(ratio(counts.true_positives, totals_.positives) * ratio(counts.true_negatives, totals_.negatives)));
}

void AtThreshold::tell_values(const Confusion& counts, Figures& figures) const {
  figures["value_recall"] = value_recall(found_amount_.value(), totals_, reasons_.frauds);
  auto& precision = figures["value_precision"];
  if (totals_.rows() == 0) {
    precision = undefined(kNoRows);
  } else if (!reasons_.all.empty()) {
    precision = undefined(reasons_.all);
  } else if (counts.true_positives + counts.false_positives == 0) {
    precision = undefined(kNoAlerts);
  } else if (!(alerted_amount_.value() > 0)) {
    precision = undefined("the alerts come to no amount");
  } else {
    precision = defined(found_amount_.value() / alerted_amount_.value());
  }
}

void AtThreshold::tell_costs(const Confusion& counts, Figures& figures) const {
  auto &per_row = figures["cost_per_row"], &saved = figures["savings"];
  const bool needs_amounts = costs_->missed_fraud_amount_share > 0;
  const std::string& reason = part_.amounts.empty() ? std::string(kNoAmounts) : reasons_.frauds;
  if (totals_.rows() == 0 || (needs_amounts && !reason.empty())) {
    per_row = saved = undefined(totals_.rows() == 0 ? kNoRows : reason);
    return;
  }
  const std::int64_t alerts = counts.true_positives + counts.false_positives;
  const CostOf model{alerts, counts.false_negatives, missed_amount_.value()};
  const CostOf none{0, totals_.positives, totals_.fraud_amount}, all{totals_.rows(), 0, 0};
  per_row = defined(model.at(*costs_) / number(totals_.rows()));
  saved = savings(model.at(*costs_), none.at(*costs_), all.at(*costs_));
}

}  // namespace mf::metrics
