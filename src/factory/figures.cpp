#include "factory/figures.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace mf::factory {
namespace {

using metrics::OperatingPoint;
using Columns = std::map<std::string, std::vector<double>>;

/// A column of a curve, left out where the data cannot give it.
template <typename Value>
void put_column(Columns& columns, const char* name, const std::vector<OperatingPoint>& points, Value value) {
  std::vector<double> column;
  for (const auto& point : points) {
    const std::optional<double> number = value(point);
    if (!number) return;
    column.push_back(*number);
  }
  columns[name] = std::move(column);
}

Columns thresholds_of(const std::vector<OperatingPoint>& points) {
  Columns columns;
  const auto put = [&](const char* name, auto value) { put_column(columns, name, points, value); };
  put("threshold", [](const auto& point) { return point.threshold; });
  put("alerts", [](const auto& point) { return static_cast<double>(point.alerts); });
  put("frauds", [](const auto& point) { return static_cast<double>(point.frauds); });
  put("alert_share", [](const auto& point) { return point.alert_share; });
  put("precision", [](const auto& point) { return point.precision; });
  put("recall", [](const auto& point) { return point.recall; });
  put("false_positive_rate", [](const auto& point) { return point.false_positive_rate; });
  put("value_recall", [](const auto& point) { return point.value_recall; });
  put("cost_per_row", [](const auto& point) { return point.cost_per_row; });
  return columns;
}

Columns histogram_of(const std::vector<metrics::HistogramBin>& bins) {
  Columns columns;
  for (const auto& bin : bins) {
    columns["lower"].push_back(bin.lower);
    columns["upper"].push_back(bin.upper);
    columns["rows"].push_back(static_cast<double>(bin.rows));
    columns["frauds"].push_back(static_cast<double>(bin.frauds));
  }
  return columns;
}

std::string date_of(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

contracts::FigureInterval interval_of(const metrics::Interval& interval) {
  contracts::FigureInterval document{interval.lower, interval.upper, interval.finite, {}};
  if (!interval.lower) document.reason = interval.reason;
  return document;
}

}  // namespace

void put(const metrics::Figures& figures, contracts::NamedFigures& named) {
  for (const auto& [name, figure] : figures) {
    named.figures[name] = figure.value;
    if (!figure.value) named.undefined[name] = figure.reason;
  }
}

contracts::PartFigures figures_of(const metrics::PartMetrics& part) {
  contracts::PartFigures figures;
  figures.rows = part.rows;
  figures.positives = part.positives;
  put(part.figures, figures);
  for (const auto& rate : part.alert_rates)
    figures.alert_rates.push_back({rate.rate, rate.alerts, rate.threshold.value});
  if (part.confusion)
    figures.confusion = {part.confusion->true_positives, part.confusion->false_positives,
                         part.confusion->false_negatives, part.confusion->true_negatives};
  for (const auto& bin : part.calibration)
    figures.calibration.push_back({bin.lower, bin.upper, bin.rows, bin.mean_score.value, bin.observed_rate.value});
  if (!part.curves.points.empty()) figures.curves["thresholds"] = thresholds_of(part.curves.points);
  if (!part.curves.scores.empty()) figures.curves["scores"] = histogram_of(part.curves.scores);
  figures.weeks = periods_of(part.weeks);
  return figures;
}

std::vector<contracts::PeriodFigures> periods_of(const std::vector<metrics::Period>& periods) {
  std::vector<contracts::PeriodFigures> documents;
  for (const auto& period : periods) {
    contracts::PeriodFigures figures;
    figures.from = date_of(period.first_day);
    figures.rows = period.rows;
    figures.positives = period.positives;
    put(period.figures, figures);
    documents.push_back(std::move(figures));
  }
  return documents;
}

std::map<std::string, contracts::FigureInterval> intervals_of(
    const std::map<std::string, metrics::Interval>& intervals) {
  std::map<std::string, contracts::FigureInterval> documents;
  for (const auto& [name, interval] : intervals) documents[name] = interval_of(interval);
  return documents;
}

contracts::BaselineComparison::Figure difference_of(const metrics::Difference& difference) {
  return {difference.candidate.value, difference.baseline.value, difference.difference.value,
          interval_of(difference.interval)};
}

}  // namespace mf::factory
