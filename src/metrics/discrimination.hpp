#pragma once
// How well a ranking puts fraud above the rest: ROC AUC, average precision, Kolmogorov-Smirnov, and what is reached at
// low false positive rates.

#include <cstdint>
#include <vector>

#include "metrics/accumulator.hpp"
#include "metrics/compensated_sum.hpp"

namespace mf::metrics {

/// ROC AUC, average precision and KS from counts of frauds and legitimate rows, tie by tie from the highest score.
class RankingCounts {
 public:
  void add(std::int64_t positives, std::int64_t negatives) {
    twice_wins_ += negatives * (2 * positives_ + positives);
    positives_ += positives;
    negatives_ += negatives;
    if (positives == 0) return;
    const double alerts = static_cast<double>(positives_ + negatives_);
    precisions_.add(static_cast<double>(positives) * static_cast<double>(positives_) / alerts);
  }

  [[nodiscard]] std::int64_t positives() const { return positives_; }
  [[nodiscard]] std::int64_t negatives() const { return negatives_; }

  /// Of what has been added.
  [[nodiscard]] Figure auc_roc() const;
  [[nodiscard]] Figure average_precision() const;

 private:
  std::int64_t positives_ = 0, negatives_ = 0, twice_wins_ = 0;
  CompensatedSum precisions_;
};

/// The ROC curve up to a false positive rate.
class LowFalsePositives {
 public:
  LowFalsePositives(double rate, const Totals& totals);

  /// The next tie; `above` are the counts of the higher ones.
  void add(const Tie& tie, const RankingCounts& above);

  void tell(const Totals& totals, Figures& figures) const;

 private:
  double rate_;
  std::int64_t allowed_;  // false positives
  std::int64_t found_ = 0, twice_area_ = 0;
  double last_area_ = 0;  // of the step that is cut
  double negatives_;
  bool passed_ = false;
};

class Discrimination : public Accumulator {
 public:
  Discrimination(const Totals& totals, const std::vector<double>& max_fpr);
  void take(const Piece& piece) override;
  void tell(Figures& figures) override;

 private:
  Totals totals_;
  RankingCounts counts_;
  std::int64_t farthest_ = 0;  // |recall - false positive rate| x positives x negatives
  std::vector<LowFalsePositives> low_;
};

}  // namespace mf::metrics
