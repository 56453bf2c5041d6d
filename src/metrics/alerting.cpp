#include "metrics/alerting.hpp"

#include <cmath>
#include <string>

#include "metrics/figure.hpp"
#include "metrics/top_rows.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

Figure recall(const TopRows& top, const Ranking& ranking) {
  if (ranking.rows() == 0) return undefined(kNoRows);
  if (ranking.positives() == 0) return undefined(kNoFraud);
  return defined(ratio(top.frauds, ranking.positives()));
}

// The small addend undoes a product such as 0.07 x 100 that rounds to just below the whole number it stands for.
std::int64_t alerts_allowed(double rate, std::int64_t rows) {
  return static_cast<std::int64_t>(std::floor(rate * static_cast<double>(rows) + 1e-9));
}

AlertRate no_alerts(double rate, const std::string& reason) {
  return {rate, 0, undefined(reason), undefined(reason), undefined(reason)};
}

}  // namespace

TopK top_k(const ScoredPart& part, const Ranking& ranking, std::int64_t k) {
  if (k < 1) throw Error(Code::INTERNAL, "top_k asks for " + std::to_string(k) + " rows; it needs at least 1");
  const TopRows top = top_rows(part, ranking, k);
  const Figure precision = ranking.rows() == 0 ? undefined(kNoRows) : defined(ratio(top.frauds, k));
  return {k, precision, recall(top, ranking)};
}

AlertRate alert_rate(const ScoredPart& part, const Ranking& ranking, double rate) {
  if (!(rate > 0 && rate <= 1))
    throw Error(Code::INTERNAL, "an alert rate is " + std::to_string(rate) + "; it must lie in (0,1]");
  if (ranking.rows() == 0) return no_alerts(rate, kNoRows);
  const std::int64_t alerts = alerts_allowed(rate, ranking.rows());
  if (alerts == 0) return no_alerts(rate, "this part is too small for one alert at this rate");
  const TopRows top = top_rows(part, ranking, alerts);
  return {rate, alerts, defined(top.lowest_score), defined(ratio(top.frauds, alerts)), recall(top, ranking)};
}

}  // namespace mf::metrics
