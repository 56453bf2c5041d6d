#pragma once
// The definitions of docs/metrics.md written down as they are read, row against row: slow, and right by inspection.

#include <algorithm>
#include <cmath>
#include <limits>

#include "metrics/scored_rows.hpp"

namespace mf::metrics::naive {

using Rows = std::vector<ScoredRow>;

template <typename Condition>
double count(const Rows& rows, Condition condition) {
  return static_cast<double>(std::count_if(rows.begin(), rows.end(), condition));
}

inline double frauds(const Rows& rows) {
  return count(rows, [](const ScoredRow& row) { return row.label == 1; });
}

inline double roc_auc(const Rows& rows) {
  double wins = 0, pairs = 0;
  for (const ScoredRow& fraud : rows) {
    for (const ScoredRow& other : rows) {
      if (fraud.label != 1 || other.label != 0) continue;
      pairs += 1;
      wins += fraud.score > other.score ? 1 : fraud.score == other.score ? 0.5 : 0;
    }
  }
  return wins / pairs;
}

/// Every fraud gains 1/frauds of recall at its own score, at the precision of all rows scored at least that high.
inline double average_precision(const Rows& rows) {
  double precisions = 0;
  for (const ScoredRow& fraud : rows) {
    if (fraud.label != 1) continue;
    const auto alerted = [&](const ScoredRow& row) { return row.score >= fraud.score; };
    precisions +=
        count(rows, [&](const ScoredRow& row) { return alerted(row) && row.label == 1; }) / count(rows, alerted);
  }
  return precisions / frauds(rows);
}

inline double log_loss(const Rows& rows) {
  constexpr double eps = std::numeric_limits<double>::epsilon();
  double loss = 0;
  for (const ScoredRow& row : rows) {
    const double p = std::min(std::max(static_cast<double>(row.score), eps), 1 - eps);
    loss -= row.label == 1 ? std::log(p) : std::log(1 - p);
  }
  return loss / static_cast<double>(rows.size());
}

inline double brier(const Rows& rows) {
  double loss = 0;
  for (const ScoredRow& row : rows) loss += std::pow(static_cast<double>(row.score) - row.label, 2);
  return loss / static_cast<double>(rows.size());
}

inline Rows in_bin(const Rows& rows, std::size_t bin) {
  constexpr double edges[] = {0, .1, .2, .1 * 3, .4, .5, .1 * 6, .1 * 7, .8, .9, 1};
  Rows found;
  for (const ScoredRow& row : rows) {
    const double p = row.score;
    if ((p > edges[bin] || (bin == 0 && p == 0)) && p <= edges[bin + 1]) found.push_back(row);
  }
  return found;
}

inline double mean_score(const Rows& rows) {
  double sum = 0;
  for (const ScoredRow& row : rows) sum += row.score;
  return sum / static_cast<double>(rows.size());
}

inline double expected_calibration_error(const Rows& rows) {
  double error = 0;
  for (std::size_t bin = 0; bin < 10; ++bin) {
    const Rows found = in_bin(rows, bin);
    if (found.empty()) continue;
    const auto size = static_cast<double>(found.size());
    error += size / static_cast<double>(rows.size()) * std::fabs(frauds(found) / size - mean_score(found));
  }
  return error;
}

inline Rows top(Rows rows, std::int64_t k) {
  std::sort(rows.begin(), rows.end(), [](const ScoredRow& a, const ScoredRow& b) {
    return a.score != b.score ? a.score > b.score : a.key < b.key;
  });
  rows.resize(std::min(rows.size(), static_cast<std::size_t>(k)));
  return rows;
}

}  // namespace mf::metrics::naive
