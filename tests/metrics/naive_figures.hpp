#pragma once
// The definitions of docs/metrics.md written down as they are read, row against row: slow, and right by inspection.

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "metrics/scored_rows.hpp"

namespace mf::metrics::naive {

using Rows = std::vector<ScoredRow>;

template <typename Condition>
Rows those(const Rows& rows, Condition condition) {
  Rows found;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(found), condition);
  return found;
}

template <typename Condition>
double count(const Rows& rows, Condition condition) {
  return static_cast<double>(std::count_if(rows.begin(), rows.end(), condition));
}

inline bool is_fraud(const ScoredRow& row) { return row.label == 1; }

inline double frauds(const Rows& rows) { return count(rows, is_fraud); }

inline double size(const Rows& rows) { return static_cast<double>(rows.size()); }

inline double amount(const Rows& rows) {
  double sum = 0;
  for (const ScoredRow& row : rows) sum += row.amount;
  return sum;
}

inline double fraud_amount(const Rows& rows) { return amount(those(rows, is_fraud)); }

inline Rows from(const Rows& rows, double threshold) {
  return those(rows, [&](const ScoredRow& row) { return static_cast<double>(row.score) >= threshold; });
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

/// Every fraud gains its share of recall at its own score, at the precision of all rows scored at least that high.
inline double average_precision(const Rows& rows) {
  double precisions = 0;
  for (const ScoredRow& fraud : those(rows, is_fraud)) {
    const Rows alerted = from(rows, fraud.score);
    precisions += frauds(alerted) / size(alerted);
  }
  return precisions / frauds(rows);
}

inline double average_precision_by_value(const Rows& rows) {
  double precisions = 0;
  for (const ScoredRow& fraud : those(rows, is_fraud)) {
    if (fraud.amount == 0) continue;
    const Rows alerted = from(rows, fraud.score);
    precisions += fraud.amount * fraud_amount(alerted) / amount(alerted);
  }
  return precisions / fraud_amount(rows);
}

/// (false positive rate, recall) of every distinct score, from (0, 0) on.
inline std::vector<std::pair<double, double>> roc(const Rows& rows) {
  std::set<double, std::greater<>> thresholds;
  for (const ScoredRow& row : rows) thresholds.insert(row.score);
  std::vector<std::pair<double, double>> points{{0, 0}};
  for (const double threshold : thresholds) {
    const Rows alerted = from(rows, threshold);
    points.emplace_back((size(alerted) - frauds(alerted)) / (size(rows) - frauds(rows)),
                        frauds(alerted) / frauds(rows));
  }
  return points;
}

inline double kolmogorov_smirnov(const Rows& rows) {
  double farthest = 0;
  for (const auto& [alarmed, found] : roc(rows)) farthest = std::max(farthest, std::fabs(found - alarmed));
  return farthest;
}

inline double recall_at_fpr(const Rows& rows, double rate) {
  double recall = 0;
  for (const auto& [alarmed, found] : roc(rows))
    if (alarmed <= rate) recall = std::max(recall, found);
  return recall;
}

inline double partial_auc(const Rows& rows, double rate) {
  double area = 0;
  std::pair<double, double> before{0, 0};
  for (const auto& point : roc(rows)) {
    const double x = std::min(point.first, rate);
    if (x > before.first) {
      const double y =
          before.second + (point.second - before.second) * (x - before.first) / (point.first - before.first);
      area += (x - before.first) * (y + before.second) / 2;
    }
    before = point;
    if (point.first >= rate) break;
  }
  return 0.5 * (1 + (area - rate * rate / 2) / (rate - rate * rate / 2));
}

inline double log_loss(const Rows& rows) {
  constexpr double eps = std::numeric_limits<double>::epsilon();
  double loss = 0;
  for (const ScoredRow& row : rows) {
    const double p = std::min(std::max(static_cast<double>(row.score), eps), 1 - eps);
    loss -= row.label == 1 ? std::log(p) : std::log(1 - p);
  }
  return loss / size(rows);
}

inline double brier(const Rows& rows) {
  double loss = 0;
  for (const ScoredRow& row : rows) loss += std::pow(static_cast<double>(row.score) - row.label, 2);
  return loss / size(rows);
}

inline Rows in_bin(const Rows& rows, std::size_t bin) {
  constexpr double edges[] = {0, .1, .2, .1 * 3, .4, .5, .1 * 6, .1 * 7, .8, .9, 1};
  return those(rows, [&](const ScoredRow& row) {
    const double p = row.score;
    return (p > edges[bin] || (bin == 0 && p == 0)) && p <= edges[bin + 1];
  });
}

inline double mean_score(const Rows& rows) {
  double sum = 0;
  for (const ScoredRow& row : rows) sum += row.score;
  return sum / size(rows);
}

inline double expected_calibration_error(const Rows& rows) {
  double error = 0;
  for (std::size_t bin = 0; bin < 10; ++bin) {
    const Rows found = in_bin(rows, bin);
    if (found.empty()) continue;
    error += size(found) / size(rows) * std::fabs(frauds(found) / size(found) - mean_score(found));
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

inline std::map<std::int32_t, Rows> by_day(const Rows& rows) {
  std::map<std::int32_t, Rows> days;
  for (const ScoredRow& row : rows) days[row.day].push_back(row);
  return days;
}

inline std::int64_t share_of(double rate, const Rows& rows) {
  return static_cast<std::int64_t>(std::floor(rate * size(rows) + 1e-9));
}

/// The top rows of each day and how many are allowed on it, days without any left out.
inline std::vector<std::pair<Rows, double>> daily_top(const Rows& rows, std::int64_t k, double rate) {
  std::vector<std::pair<Rows, double>> days;
  for (const auto& [day, of_day] : by_day(rows)) {
    const std::int64_t allowed = k > 0 ? k : share_of(rate, of_day);
    if (allowed > 0) days.emplace_back(top(of_day, allowed), static_cast<double>(allowed));
  }
  return days;
}

inline double daily_precision(const Rows& rows, std::int64_t k, double rate = 0) {
  double precisions = 0;
  const auto days = daily_top(rows, k, rate);
  for (const auto& [alerted, allowed] : days) precisions += frauds(alerted) / allowed;
  return precisions / static_cast<double>(days.size());
}

inline double daily_recall(const Rows& rows, std::int64_t k, double rate = 0) {
  double found = 0;
  for (const auto& [alerted, allowed] : daily_top(rows, k, rate)) found += frauds(alerted);
  return found / frauds(rows);
}

inline double daily_value_recall(const Rows& rows, std::int64_t k, double rate = 0) {
  double found = 0;
  for (const auto& [alerted, allowed] : daily_top(rows, k, rate)) found += fraud_amount(alerted);
  return found / fraud_amount(rows);
}

struct NaiveCard {
  float score = -1;
  bool fraud = false;
  std::uint32_t entity = 0;
};

/// The cards of one day that are not gone, best first, ties by entity.
inline std::vector<NaiveCard> cards_of(const Rows& rows, const std::set<std::uint32_t>& gone) {
  std::map<std::uint32_t, NaiveCard> cards;
  for (const ScoredRow& row : rows) {
    if (row.entity == kNoEntity || gone.contains(row.entity)) continue;
    auto& card = cards[row.entity];
    card = {std::max(card.score, row.score), card.fraud || row.label == 1, row.entity};
  }
  std::vector<NaiveCard> ranked;
  for (const auto& [entity, card] : cards) ranked.push_back(card);
  std::ranges::stable_sort(ranked, [](const NaiveCard& a, const NaiveCard& b) { return a.score > b.score; });
  return ranked;
}

inline double found_among(const std::vector<NaiveCard>& cards, std::size_t k) {
  const auto end = cards.begin() + static_cast<std::ptrdiff_t>(std::min(k, cards.size()));
  return static_cast<double>(std::count_if(cards.begin(), end, [](const NaiveCard& card) { return card.fraud; }));
}

struct CardPrecision {
  double pinned = 0, lowest = 0, highest = 0, ceiling = 0;
};

inline CardPrecision card_precision(const Rows& rows, std::int64_t k,
                                    const std::map<std::uint32_t, std::int32_t>& known = {},
                                    std::int32_t delay = std::numeric_limits<std::int32_t>::max()) {
  CardPrecision mean;
  std::set<std::uint32_t> gone;
  std::int64_t days = 0;
  for (const auto& [day, of_day] : by_day(rows)) {
    for (const auto& [entity, from] : known)
      if (from <= day) gone.insert(entity);
    for (const ScoredRow& row : rows)
      if (row.label == 1 && std::int64_t{row.day} + delay <= day) gone.insert(row.entity);
    if (cards_of(of_day, {}).empty()) continue;
    ++days;
    auto cards = cards_of(of_day, gone);
    mean.pinned += found_among(cards, static_cast<std::size_t>(k)) / static_cast<double>(k);
    mean.ceiling += std::min(found_among(cards, cards.size()), static_cast<double>(k)) / static_cast<double>(k);
    const auto detected = std::vector(cards.begin(), cards.begin() + std::min<std::int64_t>(k, std::ssize(cards)));
    const auto by_luck = [&](bool fraud_first) {
      std::ranges::stable_sort(cards, [&](const NaiveCard& a, const NaiveCard& b) {
        return a.score != b.score ? a.score > b.score : a.fraud != b.fraud && a.fraud == fraud_first;
      });
      return found_among(cards, static_cast<std::size_t>(k)) / static_cast<double>(k);
    };
    mean.lowest += by_luck(false);
    mean.highest += by_luck(true);
    for (const NaiveCard& card : detected)
      if (card.fraud) gone.insert(card.entity);
  }
  for (double* sum : {&mean.pinned, &mean.lowest, &mean.highest, &mean.ceiling}) *sum /= static_cast<double>(days);
  return mean;
}

inline double cost(const Rows& rows, double threshold, const Costs& costs) {
  const Rows alerted = from(rows, threshold);
  return costs.alert * size(alerted) + costs.missed_fraud * (frauds(rows) - frauds(alerted)) +
         costs.missed_fraud_amount_share * (fraud_amount(rows) - fraud_amount(alerted));
}

inline std::map<std::int32_t, Rows> by_week(const Rows& rows) {
  std::map<std::int32_t, Rows> weeks;
  for (const ScoredRow& row : rows) weeks[(row.day + 3) / 7].push_back(row);  // days of tests are after 1970
  return weeks;
}

inline double fpr_ratio(const Rows& rows, double threshold) {
  std::vector<double> rates;
  for (const std::string group : {"a", "b", "c"}) {
    const Rows legitimate = those(rows, [&](const ScoredRow& row) { return row.group == group && row.label == 0; });
    if (!legitimate.empty()) rates.push_back(size(from(legitimate, threshold)) / size(legitimate));
  }
  return *std::ranges::min_element(rates) / *std::ranges::max_element(rates);
}

}  // namespace mf::metrics::naive
