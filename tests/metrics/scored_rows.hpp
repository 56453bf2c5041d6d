#pragma once
// Rows for the tests of this room: given one by one, at random, or as the fixtures whose figures are known.

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

struct ScoredRow {
  float score = 0;
  std::uint8_t label = 0;
  std::string key;
  std::int32_t day = 0;
  std::uint32_t entity = 0;
  double amount = 1;
  std::string group = "a";
  float baseline = 0;
};

class ScoredRows {
 public:
  ScoredRows() = default;
  explicit ScoredRows(std::vector<ScoredRow> rows) : rows_(std::move(rows)) {}

  /// Rows with these scores and labels, and keys in ascending order.
  static ScoredRows of(const std::vector<float>& scores, const std::vector<int>& labels) {
    std::vector<ScoredRow> rows;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      rows.push_back({scores[i], static_cast<std::uint8_t>(labels[i]), "evt_" + std::to_string(1'000'000 + i)});
    }
    return ScoredRows(std::move(rows));
  }

  /// `count` rows of 20 entities on 16 days, whose scores are multiples of 1/`steps`, so that few steps make many ties.
  static ScoredRows random(std::size_t count, int steps, double fraud_rate, std::mt19937& dice) {
    const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(dice); };
    const auto score = [&] { return static_cast<float>(below(steps + 1)) / static_cast<float>(steps); };
    std::bernoulli_distribution fraud(fraud_rate);
    std::vector<ScoredRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
      const auto label = static_cast<std::uint8_t>(fraud(dice));
      rows.push_back({score(), label, std::to_string(i), 20'000 + below(16), static_cast<std::uint32_t>(below(20)),
                      0.25 * below(400), std::string(1, static_cast<char>('a' + below(3))), score()});
    }
    return ScoredRows(std::move(rows)).shuffled(dice);
  }

  [[nodiscard]] ScoredRows shuffled(std::mt19937& dice) const {
    auto rows = rows_;
    std::shuffle(rows.begin(), rows.end(), dice);
    return ScoredRows(std::move(rows));
  }

  [[nodiscard]] const std::vector<ScoredRow>& rows() const { return rows_; }

  /// With every column; entities below `entity_count`.
  [[nodiscard]] RankedPart ranked(std::uint32_t entity_count = 20) const {
    RankedPart part = unranked();
    part.entity_count = entity_count;
    for (const ScoredRow& row : rows_) {
      part.days.push_back(row.day);
      part.amounts.push_back(row.amount);
      part.entities.push_back(row.entity);
      part.baseline_scores.push_back(row.baseline);
    }
    part.slices.push_back(groups());
    return rank_by_keys(std::move(part));
  }

  /// With scores and labels only.
  [[nodiscard]] RankedPart plain() const { return rank_by_keys(unranked()); }

  [[nodiscard]] PartMetrics evaluated(const EvaluationSettings& settings = {}) const {
    return evaluate(plain(), settings);
  }

 private:
  [[nodiscard]] RankedPart unranked() const {
    RankedPart part;
    for (const ScoredRow& row : rows_) {
      part.scores.push_back(row.score);
      part.labels.push_back(row.label);
    }
    return part;
  }

  [[nodiscard]] SliceColumn groups() const {
    std::set<std::string> values;
    for (const ScoredRow& row : rows_) values.insert(row.group);
    SliceColumn column{"group", {values.begin(), values.end()}, {}};
    for (const ScoredRow& row : rows_)
      column.codes.push_back(
          static_cast<std::uint32_t>(std::ranges::lower_bound(column.values, row.group) - column.values.begin()));
    return column;
  }

  [[nodiscard]] RankedPart rank_by_keys(RankedPart part) const {
    std::string bytes;
    std::vector<std::size_t> ends;
    for (const ScoredRow& row : rows_) ends.push_back(bytes.append(row.key).size());
    return rank(std::move(part), {bytes, ends});
  }

  std::vector<ScoredRow> rows_;
};

/// The toy example of the Fraud Detection Handbook.
inline ScoredRows handbook_rows() {
  return ScoredRows::of({.9F, .35F, .45F, .4F, .2F, .2F, .2F, .1F, .1F, 0}, {1, 1, 0, 0, 0, 0, 0, 0, 0, 0});
}

/// Three scores for eight rows: wrong tie rules show.
inline ScoredRows tied_rows() {
  return ScoredRows::of({.8F, .8F, .8F, .5F, .5F, .5F, .1F, .1F}, {1, 0, 1, 0, 1, 0, 0, 0});
}

/// The value of a figure that is there and defined; fails otherwise.
inline double value(const Figures& figures, const std::string& name) { return figures.at(name).value.value(); }

}  // namespace mf::metrics
