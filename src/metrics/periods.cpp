#include "metrics/periods.hpp"

#include <algorithm>

#include "metrics/reasons.hpp"

namespace mf::metrics {

void PeriodCurves::State::add(float next, bool fraud, std::int64_t times) {
  if (next != score) {
    end_tie();
    score = next;
  }
  (fraud ? positives : negatives) += times;
}

void PeriodCurves::State::end_tie() {
  counts.add(positives, negatives);
  positives = negatives = 0;
}

PeriodCurves::PeriodCurves(const RankedPart& part, const Calendar& calendar, Span span,
                           const EvaluationSettings& settings)
    : part_(part),
      calendar_(calendar),
      span_(span),
      support_(settings.support),
      threshold_(settings.threshold),
      states_(span == Span::day ? calendar.days() : calendar.weeks()) {}

void PeriodCurves::take(const Piece& piece) {
  for (const CountedRow& row : piece.rows) {
    const std::uint32_t day = calendar_.day(part_.days[row.row]);
    State& state = states_[span_ == Span::day ? day : calendar_.week(day)];
    const bool fraud = part_.labels[row.row] != 0;
    const float score = part_.scores[row.row];
    state.add(score, fraud, row.times);
    if (threshold_ && static_cast<double>(score) >= *threshold_)
      (fraud ? state.found : state.false_alarms) += row.times;
  }
}

void PeriodCurves::tell(Figures& figures) {
  for (State& state : states_) state.end_tie();
  if (span_ != Span::week) return;
  figures["worst_week_auc_roc"] = worst(&RankingCounts::auc_roc);
  figures["worst_week_average_precision"] = worst(&RankingCounts::average_precision);
}

bool PeriodCurves::supported(const State& state) const {
  const std::int64_t frauds = state.counts.positives();
  return frauds + state.counts.negatives() >= support_.rows && frauds >= support_.frauds;
}

Figure PeriodCurves::worst(Figure (RankingCounts::*figure)() const) const {
  Figure worst = undefined("no week has the rows and the frauds that it takes");
  for (const State& state : states_) {
    const Figure of_week = (state.counts.*figure)();
    if (!supported(state) || !of_week.value) continue;
    if (!worst.value || *of_week.value < *worst.value) worst = of_week;
  }
  return worst;
}

Figures PeriodCurves::figures_of(const State& state) const {
  const std::int64_t positives = state.counts.positives(), negatives = state.counts.negatives();
  Figures figures{{"auc_roc", state.counts.auc_roc()}, {"average_precision", state.counts.average_precision()}};
  if (!threshold_) return figures;
  const std::int64_t alerts = state.found + state.false_alarms;
  figures["precision"] = share(state.found, alerts, kNoAlerts);
  figures["recall"] = share(state.found, positives, kNoFraud);
  figures["false_positive_rate"] = share(state.false_alarms, negatives, kNoLegitimate);
  figures["alert_share"] = share(alerts, positives + negatives, kNoRows);
  return figures;
}

std::vector<Period> PeriodCurves::periods() const {
  std::vector<Period> periods;
  for (std::uint32_t i = 0; i < states_.size(); ++i) {
    const RankingCounts& counts = states_[i].counts;
    const std::int32_t first = span_ == Span::day ? calendar_.date(i) : calendar_.monday(i);
    periods.push_back({first, counts.positives() + counts.negatives(), counts.positives(), figures_of(states_[i])});
  }
  return periods;
}

}  // namespace mf::metrics
