#pragma once
// Days and weeks apart: how the model ranks in each, and in the worst week.

#include <limits>
#include <optional>
#include <vector>

#include "metrics/accumulator.hpp"
#include "metrics/calendar.hpp"
#include "metrics/discrimination.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::metrics {

enum class Span { day, week };

class PeriodCurves : public Accumulator {
 public:
  /// The part has days, those of the calendar.
  PeriodCurves(const RankedPart& part, const Calendar& calendar, Span span, const EvaluationSettings& settings);
  void take(const Piece& piece) override;

  /// worst_week_auc_roc and worst_week_average_precision, where the periods are weeks.
  void tell(Figures& figures) override;

  /// Each period that has rows in the sample. After tell.
  [[nodiscard]] std::vector<Period> periods() const;

 private:
  /// One period: the counts of the scores above, and of the score at hand.
  struct State {
    RankingCounts counts;
    float score = std::numeric_limits<float>::quiet_NaN();
    std::int64_t positives = 0, negatives = 0;  // with this score
    std::int64_t found = 0, false_alarms = 0;   // at the threshold

    void add(float next, bool fraud, std::int64_t times);
    void end_tie();
  };

  [[nodiscard]] bool supported(const State& state) const;
  [[nodiscard]] Figure worst(Figure (RankingCounts::*figure)() const) const;
  [[nodiscard]] Figures figures_of(const State& state) const;

  const RankedPart& part_;
  const Calendar& calendar_;
  Span span_;
  Support support_;
  std::optional<double> threshold_;
  std::vector<State> states_;
};

}  // namespace mf::metrics
