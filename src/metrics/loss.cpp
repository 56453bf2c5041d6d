#include "metrics/loss.hpp"

#include <cmath>
#include <limits>

#include "metrics/compensated_sum.hpp"
#include "metrics/figure.hpp"

namespace mf::metrics {
namespace {

template <typename LossOfTiedRows>
Figure mean_loss(const Ranking& ranking, LossOfTiedRows loss) {
  if (ranking.rows() == 0) return undefined(kNoRows);
  CompensatedSum sum;
  Descent descent(ranking);
  while (const auto tied = descent.next()) sum.add(loss(*tied));
  return defined(sum.value() / static_cast<double>(ranking.rows()));
}

// No rows, no loss: saves the logarithm that most scores do not need.
double times(std::int64_t rows, auto loss) { return rows == 0 ? 0.0 : static_cast<double>(rows) * loss(); }

double log_loss_of(const TiedRows& tied) {
  constexpr double eps = std::numeric_limits<double>::epsilon();
  const double p = std::clamp(static_cast<double>(tied.score), eps, 1 - eps);
  return times(tied.positives, [p] { return -std::log(p); }) + times(tied.negatives, [p] { return -std::log(1 - p); });
}

double brier_of(const TiedRows& tied) {
  const double p = tied.score;
  return times(tied.positives, [p] { return (p - 1) * (p - 1); }) + times(tied.negatives, [p] { return p * p; });
}

}  // namespace

Figure log_loss(const Ranking& ranking) { return mean_loss(ranking, log_loss_of); }

Figure brier(const Ranking& ranking) { return mean_loss(ranking, brier_of); }

}  // namespace mf::metrics
