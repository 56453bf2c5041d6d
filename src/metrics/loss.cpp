#include "metrics/loss.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

// No rows, no loss: saves the logarithm that most scores do not need.
double times(std::int64_t rows, auto loss) { return rows == 0 ? 0.0 : static_cast<double>(rows) * loss(); }

double log_loss_of(const Tie& tie) {
  constexpr double eps = std::numeric_limits<double>::epsilon();
  const double p = std::clamp(static_cast<double>(tie.score), eps, 1 - eps);
  return times(tie.positives, [p] { return -std::log(p); }) + times(tie.negatives, [p] { return -std::log(1 - p); });
}

double brier_of(const Tie& tie) {
  const double p = tie.score;
  return times(tie.positives, [p] { return (p - 1) * (p - 1); }) + times(tie.negatives, [p] { return p * p; });
}

}  // namespace

void Loss::take(const Piece& piece) {
  for (const Tie& tie : piece.ties) {
    rows_ += tie.rows();
    log_.add(log_loss_of(tie));
    squared_.add(brier_of(tie));
  }
}

void Loss::tell(Figures& figures) {
  const auto mean = [this](double sum) {
    return rows_ == 0 ? undefined(kNoRows) : defined(sum / static_cast<double>(rows_));
  };
  figures["log_loss"] = mean(log_.value());
  figures["brier"] = mean(squared_.value());
}

}  // namespace mf::metrics
