#pragma once
// Rows for the tests of this room: given one by one, at random, or as the two fixtures whose figures are known.

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

struct ScoredRow {
  float score;
  std::uint8_t label;
  std::string key;
};

class ScoredRows {
 public:
  ScoredRows() = default;
  explicit ScoredRows(std::vector<ScoredRow> rows) : rows_(std::move(rows)) { spread(); }

  /// Rows with these scores and labels, and keys in ascending order.
  static ScoredRows of(const std::vector<float>& scores, const std::vector<int>& labels) {
    std::vector<ScoredRow> rows;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      rows.push_back({scores[i], static_cast<std::uint8_t>(labels[i]), "evt_" + std::to_string(1'000'000 + i)});
    }
    return ScoredRows(std::move(rows));
  }

  /// `count` rows whose scores are multiples of 1/`steps`, so that few steps make many ties.
  static ScoredRows random(std::size_t count, int steps, double fraud_rate, std::mt19937& dice) {
    std::uniform_int_distribution<int> step(0, steps);
    std::bernoulli_distribution fraud(fraud_rate);
    std::vector<ScoredRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
      const float score = static_cast<float>(step(dice)) / static_cast<float>(steps);
      rows.push_back({score, static_cast<std::uint8_t>(fraud(dice)), std::to_string(i)});
    }
    return ScoredRows(std::move(rows)).shuffled(dice);
  }

  [[nodiscard]] ScoredRows shuffled(std::mt19937& dice) const {
    auto rows = rows_;
    std::shuffle(rows.begin(), rows.end(), dice);
    return ScoredRows(std::move(rows));
  }

  [[nodiscard]] const std::vector<ScoredRow>& rows() const { return rows_; }

  [[nodiscard]] PartMetrics evaluated(const EvaluationSettings& settings = {}) const {
    const std::vector<std::string_view> keys(keys_.begin(), keys_.end());
    return evaluate({scores_, labels_, keys}, settings);
  }

 private:
  void spread() {
    for (const ScoredRow& row : rows_) {
      scores_.push_back(row.score);
      labels_.push_back(row.label);
      keys_.push_back(row.key);
    }
  }

  std::vector<ScoredRow> rows_;
  std::vector<float> scores_;
  std::vector<std::uint8_t> labels_;
  std::vector<std::string> keys_;
};

/// The toy example of the Fraud Detection Handbook.
inline ScoredRows handbook_rows() {
  return ScoredRows::of({.9F, .35F, .45F, .4F, .2F, .2F, .2F, .1F, .1F, 0}, {1, 1, 0, 0, 0, 0, 0, 0, 0, 0});
}

/// Three scores for eight rows: wrong tie rules show.
inline ScoredRows tied_rows() {
  return ScoredRows::of({.8F, .8F, .8F, .5F, .5F, .5F, .1F, .1F}, {1, 0, 1, 0, 1, 0, 0, 0});
}

}  // namespace mf::metrics
