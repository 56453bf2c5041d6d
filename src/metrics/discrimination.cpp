#include "metrics/discrimination.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "metrics/decimal.hpp"
#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

// Why no figure of both classes exists, or nothing.
const char* one_class(std::int64_t positives, std::int64_t negatives) {
  if (positives + negatives == 0) return kNoRows;
  if (positives == 0) return kNoFraud;
  return negatives == 0 ? kNoLegitimate : nullptr;
}

// The largest count whose rate, as divided, is at most `rate`.
std::int64_t most_below(double rate, std::int64_t all) {
  auto most = static_cast<std::int64_t>(std::floor(rate * static_cast<double>(all))) + 1;
  while (most > 0 && ratio(most, all) > rate) --most;
  return most;
}

}  // namespace

Figure RankingCounts::auc_roc() const {
  if (const char* reason = one_class(positives_, negatives_)) return undefined(reason);
  return defined(static_cast<double>(twice_wins_) /
                 (2 * static_cast<double>(positives_) * static_cast<double>(negatives_)));
}

Figure RankingCounts::average_precision() const {
  if (positives_ + negatives_ == 0) return undefined(kNoRows);
  if (positives_ == 0) return undefined(kNoFraud);
  return defined(precisions_.value() / static_cast<double>(positives_));
}

LowFalsePositives::LowFalsePositives(double rate, const Totals& totals)
    : rate_(rate),
      allowed_(totals.negatives == 0 ? 0 : most_below(rate, totals.negatives)),
      negatives_(static_cast<double>(totals.negatives)) {}

void LowFalsePositives::add(const Tie& tie, const RankingCounts& above) {
  if (passed_) return;
  if (above.negatives() + tie.negatives <= allowed_) {
    found_ = above.positives() + tie.positives;
    twice_area_ += tie.negatives * (2 * above.positives() + tie.positives);
    return;
  }
  const double width = rate_ * negatives_ - static_cast<double>(above.negatives());
  const double rise = static_cast<double>(tie.positives) * width / static_cast<double>(tie.negatives);
  last_area_ = width * (static_cast<double>(above.positives()) + rise / 2);
  passed_ = true;
}

void LowFalsePositives::tell(const Totals& totals, Figures& figures) const {
  auto& recall = figures["recall_at_fpr_" + decimal(rate_)];
  auto& area = figures["partial_auc_" + decimal(rate_)];
  if (const char* reason = one_class(totals.positives, totals.negatives)) {
    recall = area = undefined(reason);
    return;
  }
  recall = defined(ratio(found_, totals.positives));
  const double partial = (static_cast<double>(twice_area_) / 2 + last_area_) /
                         (static_cast<double>(totals.positives) * static_cast<double>(totals.negatives));
  const double lowest = rate_ * rate_ / 2;
  area = defined(0.5 * (1 + (partial - lowest) / (rate_ - lowest)));
}

Discrimination::Discrimination(const Totals& totals, const std::vector<double>& max_fpr) : totals_(totals) {
  for (const double rate : max_fpr) low_.emplace_back(rate, totals);
}

void Discrimination::take(const Piece& piece) {
  for (const Tie& tie : piece.ties) {
    for (LowFalsePositives& low : low_) low.add(tie, counts_);
    counts_.add(tie.positives, tie.negatives);
    farthest_ = std::max(farthest_,
                         std::abs(counts_.positives() * totals_.negatives - counts_.negatives() * totals_.positives));
  }
}

void Discrimination::tell(Figures& figures) {
  figures["auc_roc"] = counts_.auc_roc();
  figures["average_precision"] = counts_.average_precision();
  const char* reason = one_class(totals_.positives, totals_.negatives);
  const double pairs = static_cast<double>(totals_.positives) * static_cast<double>(totals_.negatives);
  figures["kolmogorov_smirnov"] =
      reason != nullptr ? undefined(reason) : defined(static_cast<double>(farthest_) / pairs);
  for (const LowFalsePositives& low : low_) low.tell(totals_, figures);
}

}  // namespace mf::metrics
