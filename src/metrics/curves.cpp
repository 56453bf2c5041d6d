#include "metrics/curves.hpp"

#include <algorithm>

#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

// A point is kept when recall or false positive rate has grown by 1/kSteps since the last: twice as many and the two
// ends.
constexpr std::int64_t kSteps = 100;
static_assert(2 * kSteps + 2 <= kCurvePoints);

std::optional<double> part_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? std::nullopt : std::optional(ratio(part, whole));
}

}  // namespace

OperatingCurve::OperatingCurve(const RankedPart& part, const Totals& totals, const EvaluationSettings& settings,
                               const ValueReasons& reasons)
    : part_(part),
      totals_(totals),
      costs_(settings.costs),
      has_value_(!part.amounts.empty() && reasons.frauds.empty() && totals.fraud_amount > 0) {
  if (costs_ && costs_->missed_fraud_amount_share > 0 && (part.amounts.empty() || !reasons.frauds.empty()))
    costs_.reset();
}

void OperatingCurve::take(const Piece& piece) {
  std::size_t begin = 0;
  for (const Tie& tie : piece.ties) {
    positives_ += tie.positives;
    negatives_ += tie.negatives;
    score_ = tie.score;
    for (; begin < tie.end && !part_.amounts.empty(); ++begin) {
      const CountedRow& row = piece.rows[begin];
      if (part_.labels[row.row] != 0) found_amount_.add(row.times * part_.amounts[row.row]);
    }
    if (points_.empty() || moved()) points_.push_back(here());
  }
}

bool OperatingCurve::moved() const {
  const std::int64_t frauds = points_.back().frauds, rest = points_.back().alerts - frauds;
  return (positives_ > frauds && (positives_ - frauds) * kSteps >= totals_.positives) ||
         (negatives_ > rest && (negatives_ - rest) * kSteps >= totals_.negatives);
}

OperatingPoint OperatingCurve::here() const {
  const std::int64_t alerts = positives_ + negatives_;
  OperatingPoint point;
  point.threshold = score_;
  point.alerts = alerts;
  point.frauds = positives_;
  point.alert_share = part_of(alerts, totals_.rows());
  point.precision = part_of(positives_, alerts);
  point.recall = part_of(positives_, totals_.positives);
  point.false_positive_rate = part_of(negatives_, totals_.negatives);
  if (has_value_) point.value_recall = found_amount_.value() / totals_.fraud_amount;
  if (costs_) {
    const double missed_amount = std::max(0.0, totals_.fraud_amount - found_amount_.value());
    const CostOf cost{alerts, totals_.positives - positives_, missed_amount};
    point.cost_per_row = cost.at(*costs_) / static_cast<double>(totals_.rows());
  }
  return point;
}

void OperatingCurve::tell(Figures&) {
  if (points_.empty() || points_.back().alerts == positives_ + negatives_) return;
  points_.push_back(here());
}

ScoreHistogram::ScoreHistogram(const RankedPart& part, bool probabilities) {
  const double low = probabilities || part.rows() == 0 ? 0 : part.scores.back();
  const double high = probabilities || part.rows() == 0 ? 1 : part.scores.front();
  const auto edge = [&](std::int64_t i) {
    return low + (high - low) * static_cast<double>(i) * (1.0 / kHistogramBins);
  };
  const std::int64_t bins = low < high ? kHistogramBins : 1;
  for (std::int64_t i = 0; i < bins; ++i) bins_.push_back({edge(i), i + 1 < bins ? edge(i + 1) : high});
  bin_ = bins_.size() - 1;
}

void ScoreHistogram::take(const Piece& piece) {
  for (const Tie& tie : piece.ties) {
    while (bin_ > 0 && static_cast<double>(tie.score) <= bins_[bin_].lower) --bin_;
    bins_[bin_].rows += tie.rows();
    bins_[bin_].frauds += tie.positives;
  }
}

}  // namespace mf::metrics
