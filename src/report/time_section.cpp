#include <algorithm>
#include <set>

#include "report/in_words.hpp"
#include "report/metric_titles.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using contracts::EvalReport;
using contracts::PartFigures;
using contracts::PeriodFigures;

using Periods = std::vector<PeriodFigures> PartFigures::*;

/// The first days of the periods of all parts, ascending.
std::vector<std::string> calendar_of(const EvalReport& report, Periods periods) {
  std::set<std::string> days;
  for (const auto& [name, part] : report.metrics.parts)
    for (const auto& period : part.*periods) days.insert(period.from);
  return {days.begin(), days.end()};
}

double place_of(const std::vector<std::string>& calendar, const std::string& day) {
  return static_cast<double>(std::lower_bound(calendar.begin(), calendar.end(), day) - calendar.begin());
}

std::optional<double> value_of(const PeriodFigures& period, const std::string& metric) {
  const auto found = period.figures.find(metric);
  return found == period.figures.end() ? std::nullopt : found->second;
}

std::optional<double> fraud_rate(const PeriodFigures& period) {
  if (period.rows == 0) return {};
  return static_cast<double>(period.positives) / static_cast<double>(period.rows);
}

template <class Value>
Series series_of(const std::string& name, const std::vector<PeriodFigures>& periods,
                 const std::vector<std::string>& calendar, const Value& value) {
  Series series{name, Series::Shape::line, false, {}, true};
  for (const auto& period : periods) series.points.push_back({place_of(calendar, period.from), value(period)});
  return series;
}

bool has_values(const Series& series) {
  return std::any_of(series.points.begin(), series.points.end(),
                     [](const Point& point) { return point.y.has_value(); });
}

/// One metric over the periods, a line for each part.
Chart by_part(const EvalReport& report, Periods periods, const std::string& metric) {
  Chart chart{{"", calendar_of(report, periods)}, {title_of_metric(metric)}, {}};
  for (const auto& name : parts_of(report)) {
    auto series = series_of(name, part_of(report, name)->*periods, chart.x.categories,
                            [&](const PeriodFigures& period) { return value_of(period, metric); });
    if (has_values(series)) chart.series.push_back(std::move(series));
  }
  return chart;
}

void add_weekly(const EvalReport& report, std::vector<Figure>& figures, const std::string& metric) {
  Chart chart = by_part(report, &PartFigures::weeks, metric);
  if (chart.series.empty()) return;
  chart.x.name = "Week from";
  chart.y.percent = metric == "recall" || metric == "alert_share";
  if (metric != "auc_roc") chart.y.lowest = 0.0;
  figures.push_back(
      {"chart-weeks-" + metric, title_of_metric(metric) + " by week", "A line for each part.", std::move(chart)});
}

void add_fraud_rate(const EvalReport& report, std::vector<Figure>& figures) {
  Chart chart{{"Week from", calendar_of(report, &PartFigures::weeks)}, {"Share of rows", {}, 0.0, {}, true}, {}};
  for (const auto& name : parts_of(report)) {
    auto series = series_of(name, part_of(report, name)->weeks, chart.x.categories, fraud_rate);
    if (has_values(series)) chart.series.push_back(std::move(series));
  }
  if (chart.series.empty()) return;
  figures.push_back(
      {"chart-weeks-fraud", "Share of fraud by week",
       "How much of the rows is fraud, as labelled. Figures of weeks with another share are hard to compare.",
       std::move(chart)});
}

/// What a team that works through the alerts of each day sees.
bool of_a_day(const std::string& metric) {
  return metric.starts_with("precision_at_") || metric.starts_with("card_precision_at_");
}

std::string short_title(const std::string& metric) {
  return (metric.starts_with("card_") ? "cards, top " : "rows, top ") + metric.substr(metric.rfind('_') + 1);
}

void add_daily(const EvalReport& report, std::vector<Figure>& figures) {
  const auto* test = part_of(report, "test");
  if (test == nullptr || test->days.empty()) return;
  Chart chart{{"Day", {}}, {"Precision", {}, 0.0, 1.0, true}, {}};
  for (const auto& day : test->days) chart.x.categories.push_back(day.from);
  for (const auto& [metric, value] : test->days.front().figures) {
    if (!of_a_day(metric) || chart.series.size() == 3) continue;
    chart.series.push_back(series_of(short_title(metric), test->days, chart.x.categories,
                                     [&name = metric](const PeriodFigures& day) { return value_of(day, name); }));
  }
  if (chart.series.empty()) return;
  figures.push_back({"chart-days", "Precision of each day's alerts",
                     "Test days alone: which share of the highest scores of the day is fraud.", std::move(chart)});
}

Table weeks_of(const EvalReport& report) {
  Table table{
      "Weeks by part", {{"Week from"}, {"Part"}, {"Rows", true}, {"Frauds", true}, {"Share of fraud", true}}, {}};
  std::set<std::string> metrics;
  for (const auto& [name, part] : report.metrics.parts)
    for (const auto& week : part.weeks)
      for (const auto& [metric, value] : week.figures) metrics.insert(metric);
  for (const auto& metric : metrics) table.columns.push_back({title_of_metric(metric), true});
  for (const auto& name : parts_of(report)) {
    for (const auto& week : part_of(report, name)->weeks) {
      std::vector<Cell> row{week.from, name, count(week.rows), count(week.positives), percentage(fraud_rate(week))};
      for (const auto& metric : metrics) row.push_back(figure_cell(week, metric));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace

Section time_section(const Documents& documents) {
  const auto& report = documents.evaluation;
  Section section{"time", "Over time"};
  Figures figures;
  for (const char* metric : {"average_precision", "auc_roc", "recall", "alert_share"})
    add_weekly(report, figures.figures, metric);
  add_fraud_rate(report, figures.figures);
  add_daily(report, figures.figures);
  if (figures.figures.empty()) {
    section.blocks = {Paragraph{"The rows have no days in this evaluation, so nothing is told over time."}};
    return section;
  }
  section.blocks = {Paragraph{"Weeks run from Monday to Sunday (UTC). The first and the last week of a part may be cut "
                              "short, and weeks with little fraud move most."},
                    std::move(figures), Folded{"All figures by week", weeks_of(report)}};
  return section;
}

}  // namespace mf::report
