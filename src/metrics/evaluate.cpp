#include "mf/metrics/evaluate.hpp"

#include "metrics/alerting.hpp"
#include "metrics/calibration.hpp"
#include "metrics/columns.hpp"
#include "metrics/curves.hpp"
#include "metrics/daily.hpp"
#include "metrics/periods.hpp"
#include "metrics/reasons.hpp"
#include "metrics/sweep.hpp"

namespace mf::metrics {
namespace {

bool needs_threshold(Family family) {
  return family == Family::threshold || family == Family::threshold_beta || family == Family::threshold_value ||
         family == Family::threshold_cost;
}

// Whether a figure at the threshold would be there if there were a threshold.
bool belongs(Family family, const RankedPart& part, const EvaluationSettings& settings) {
  if (family == Family::threshold_beta) return settings.beta.has_value();
  if (family == Family::threshold_cost) return settings.costs.has_value();
  return family != Family::threshold_value || !part.amounts.empty();
}

// Figures that belong to every evaluation of such rows, even if only as a reason.
std::set<std::string> expected(const RankedPart& part, const EvaluationSettings& settings) {
  std::set<std::string> names = settings.named;
  names.insert({"log_loss", "brier", "expected_calibration_error"});
  if (!part.amounts.empty()) names.insert("average_precision_by_value");
  if (settings.no_threshold.empty()) return names;
  for (const MetricRow& row : metric_table())
    if (needs_threshold(row.family) && belongs(row.family, part, settings)) names.emplace(row.base);
  for (const SliceColumn& column : part.slices) names.insert("fpr_ratio_" + column.name);
  return names;
}

/// What only the rows as they are have, and no resample.
class PointEstimate {
 public:
  PointEstimate(const SweepBasis& basis, const Wanted& wanted)
      : basis_(basis), part_(basis.part), settings_(wanted.settings()), totals_(totals(part_, all_rows_)) {
    const auto& reasons = basis.value_reasons;
    top_.emplace(part_, totals_, settings_, reasons.frauds);
    curve_.emplace(part_, totals_, settings_, reasons);
    histogram_.emplace(part_, settings_.no_probabilities.empty());
    if (settings_.no_probabilities.empty()) calibration_.emplace();
    if (settings_.threshold) at_threshold_.emplace(part_, totals_, settings_, reasons);
    if (part_.days.empty()) return;
    days_.emplace(part_, basis.calendar, Span::day, settings_);
    weeks_.emplace(part_, basis.calendar, Span::week, settings_);
    daily_.emplace(part_, basis.calendar, all_rows_, totals_, settings_, std::string());
  }

  void tell(PartMetrics& metrics) {
    show_all_rows();
    metrics.rows = totals_.rows();
    metrics.positives = totals_.positives;
    metrics.alert_rates = top_->alert_rates();
    metrics.curves = {curve_->points(), histogram_->bins()};
    if (calibration_) metrics.calibration = calibration_->curve();
    if (at_threshold_) metrics.confusion = at_threshold_->confusion();
    if (days_) tell_periods(metrics);
  }

 private:
  void show_all_rows() {
    std::vector<Accumulator*> all;
    const auto add = [&](auto& accumulator) {
      if (accumulator) all.push_back(&*accumulator);
    };
    add(top_), add(curve_), add(histogram_), add(calibration_), add(at_threshold_), add(days_), add(weeks_),
        add(daily_);
    sweep(part_, all_rows_, all);
    Figures told_elsewhere;
    for (Accumulator* accumulator : all) accumulator->tell(told_elsewhere);
  }

  void tell_periods(PartMetrics& metrics) const {
    metrics.days = days_->periods();
    metrics.weeks = weeks_->periods();
    for (std::size_t day = 0; day < metrics.days.size(); ++day) daily_->tell_day(day, metrics.days[day].figures);
    if (basis_.cards) tell_card_days(metrics.days);
  }

  void tell_card_days(std::vector<Period>& days) const {
    for (const std::int64_t k : settings_.card_top_k) {
      const auto shown = card_days_at(k, *basis_.cards, settings_.cards, all_rows_);
      for (std::size_t day = 0; day < days.size(); ++day)
        days[day].figures["card_precision_at_" + std::to_string(k)] =
            shown[day].present ? defined(ratio(shown[day].found, k)) : undefined("this day has no card");
    }
  }

  const SweepBasis& basis_;
  const RankedPart& part_;
  const EvaluationSettings& settings_;
  const Sample all_rows_;
  Totals totals_;
  std::optional<TopRows> top_;
  std::optional<OperatingCurve> curve_;
  std::optional<ScoreHistogram> histogram_;
  std::optional<Calibration> calibration_;
  std::optional<AtThreshold> at_threshold_;
  std::optional<PeriodCurves> days_, weeks_;
  std::optional<DailyAlerts> daily_;
};

}  // namespace

PartMetrics evaluate(const RankedPart& part, const EvaluationSettings& settings) {
  require_sound(settings);
  require_ranked(part, settings.no_probabilities.empty());
  const Wanted wanted(settings);
  const SweepBasis basis(part, wanted);
  PartMetrics metrics;
  PointEstimate(basis, wanted).tell(metrics);
  metrics.figures = figures_of(basis, wanted, {});
  for (const std::string& name : expected(part, settings))
    if (!metrics.figures.contains(name))
      metrics.figures[name] = undefined(why_not(*parse_metric(name), part, settings));
  return metrics;
}

}  // namespace mf::metrics
