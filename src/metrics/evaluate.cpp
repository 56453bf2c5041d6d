#include "mf/metrics/evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "metrics/alerting.hpp"
#include "metrics/calibration.hpp"
#include "metrics/discrimination.hpp"
#include "metrics/figure.hpp"
#include "metrics/loss.hpp"
#include "metrics/ranking.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

void require_one_key_each(const ScoredPart& part) {
  if (part.keys.size() == part.scores.size()) return;
  throw Error(Code::INTERNAL, "evaluate got " + std::to_string(part.scores.size()) + " scores and " +
                                  std::to_string(part.keys.size()) + " subject keys; each row has one of both");
}

void require_probabilities(std::span<const float> scores) {
  for (const float score : scores) {
    if (!(score >= 0 && score <= 1)) {
      throw Error(Code::INTERNAL, "a score is " + std::to_string(score) + "; scores are probabilities, in [0,1]");
    }
  }
}

void require_finite(std::span<const float> scores) {
  if (std::ranges::all_of(scores, [](float score) { return std::isfinite(score); })) return;
  throw Error(Code::INTERNAL, "a score is no finite number");
}

void judge_probabilities(const Ranking& ranking, PartMetrics& metrics) {
  metrics.log_loss = log_loss(ranking);
  metrics.brier = brier(ranking);
  metrics.calibration = calibration_curve(ranking);
  metrics.expected_calibration_error = expected_calibration_error(metrics.calibration);
}

}  // namespace

PartMetrics evaluate(const ScoredPart& part, const EvaluationSettings& settings) {
  require_one_key_each(part);
  const bool probabilities = settings.no_probabilities.empty();
  probabilities ? require_probabilities(part.scores) : require_finite(part.scores);
  const Ranking ranking(part.scores, part.labels);

  PartMetrics metrics;
  metrics.rows = ranking.rows();
  metrics.positives = ranking.positives();
  metrics.auc_roc = roc_auc(ranking);
  metrics.average_precision = average_precision(ranking);
  metrics.log_loss = metrics.brier = metrics.expected_calibration_error = undefined(settings.no_probabilities);
  if (probabilities) judge_probabilities(ranking, metrics);
  for (const std::int64_t k : settings.top_k) metrics.top_k.push_back(top_k(part, ranking, k));
  for (const double rate : settings.alert_rates) metrics.alert_rates.push_back(alert_rate(part, ranking, rate));
  return metrics;
}

}  // namespace mf::metrics
