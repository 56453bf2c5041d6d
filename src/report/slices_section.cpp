#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "report/in_words.hpp"
#include "report/metric_titles.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using contracts::EvalReport;
using contracts::SliceFigures;

constexpr std::array kTold{"average_precision", "auc_roc", "recall", "precision", "false_positive_rate"};
constexpr std::size_t kMostInChart = 40;

std::string value_in_words(const SliceFigures& slice) { return slice.value.empty() ? "(empty)" : slice.value; }

std::vector<const SliceFigures*> slices_of(const EvalReport& report, const std::string& column,
                                           const std::string& part) {
  std::vector<const SliceFigures*> slices;
  for (const auto& slice : report.metrics.slices)
    if (slice.column == column && slice.part == part) slices.push_back(&slice);
  return slices;
}

std::vector<std::string> metrics_of(const std::vector<const SliceFigures*>& slices) {
  std::vector<std::string> metrics;
  for (const char* metric : kTold) {
    const bool told = std::any_of(slices.begin(), slices.end(),
                                  [&](const SliceFigures* slice) { return slice->figures.contains(metric); });
    if (told) metrics.emplace_back(metric);
  }
  return metrics;
}

Table table_of(const std::string& column, const std::string& part, const std::vector<const SliceFigures*>& slices) {
  Table table{"Slices by " + column + ", " + part + " rows", {{column}, {"Rows", true}, {"Frauds", true}}, {}};
  const auto metrics = metrics_of(slices);
  for (const auto& metric : metrics) table.columns.push_back({title_of_metric(metric), true});
  table.columns.push_back({"Remark"});
  for (const auto* slice : slices) {
    std::vector<Cell> row{value_in_words(*slice), count(slice->rows), count(slice->positives)};
    for (const auto& metric : metrics)
      row.push_back(narrow_figure_cell(*slice, metric, interval_of(slice->intervals, metric)));
    row.emplace_back(slice->withheld.value_or(""));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Point point_of(const SliceFigures& slice, const std::string& metric, std::size_t place) {
  Point point{static_cast<double>(place), slice.figures.at(metric)};
  if (const auto* interval = interval_of(slice.intervals, metric)) {
    point.lower = interval->lower;
    point.upper = interval->upper;
  }
  return point;
}

/// The next tenth above everything that is drawn, whiskers included.
double end_of_axis(const Series& series) {
  double highest = 0;
  for (const auto& point : series.points) highest = std::max({highest, point.y.value_or(0), point.upper.value_or(0)});
  return std::ceil(highest * 10) / 10;
}

/// A dot for each slice, with its interval, and a line at the figure of all rows.
std::optional<Figure> figure_of(const EvalReport& report, const std::string& column, const std::string& metric) {
  Figure figure{"chart-slices-" + std::to_string(report.metrics.slices.size()),
                "",
                "",
                {{column}, {title_of_metric(metric)}, {}}};
  Series series{"", Series::Shape::points, false, {}};
  for (const auto* slice : slices_of(report, column, "test")) {
    const auto found = slice->figures.find(metric);
    if (found == slice->figures.end() || !found->second || series.points.size() == kMostInChart) continue;
    series.points.push_back(point_of(*slice, metric, series.points.size()));
    figure.chart.x.categories.push_back(value_in_words(*slice));
  }
  if (series.points.empty()) return {};
  figure.title = title_of_metric(metric) + " by " + column;
  figure.description =
      "Test rows. The bars are 95 % intervals where they were computed; the dashed line is the figure of all test "
      "rows.";
  figure.chart.y.lowest = 0.0;
  figure.chart.y.highest = end_of_axis(series);
  figure.chart.series = {std::move(series)};
  figure.chart.sideways = true;
  const auto& all = part_of(report, "test")->figures;
  if (const auto found = all.find(metric); found != all.end() && found->second)
    figure.chart.marks.push_back({"all rows", *found->second, false});
  return figure;
}

Section column_section(const EvalReport& report, const std::string& column, std::size_t place) {
  const std::string id = "slices-" + std::to_string(place);
  Section section{id, "By " + column};
  Figures figures;
  for (const char* metric : {"average_precision", "recall"}) {
    auto figure = figure_of(report, column, metric);
    if (!figure) continue;
    figure->id = "chart-" + id + "-" + metric;
    figures.figures.push_back(std::move(*figure));
  }
  if (!figures.figures.empty()) section.blocks.emplace_back(std::move(figures));
  for (const auto& part : parts_of(report)) {
    const auto slices = slices_of(report, column, part);
    if (slices.empty()) continue;
    const Table table = table_of(column, part, slices);
    if (part == "test")
      section.blocks.emplace_back(table);
    else
      section.blocks.emplace_back(Folded{"The same for " + part + " rows", table});
  }
  return section;
}

std::vector<std::string> columns_of(const EvalReport& report) {
  std::set<std::string> columns;
  for (const auto& slice : report.metrics.slices) columns.insert(slice.column);
  return {columns.begin(), columns.end()};
}

/// The lowest to the highest false positive rate between groups, where it was computed.
std::vector<std::string> ratios_of(const EvalReport& report) {
  std::vector<std::string> words;
  const auto* test = part_of(report, "test");
  if (test == nullptr) return words;
  for (const auto& [name, value] : test->figures)
    if (name.starts_with("fpr_ratio_"))
      words.push_back(title_of_metric(name) + ": " + figure_in_words(*test, name, interval_of(test->intervals, name)) +
                      "; 1 when all groups have the same rate of false alerts.");
  return words;
}

}  // namespace

Section slices_section(const Documents& documents) {
  const auto& report = documents.evaluation;
  Section section{"slices", "Slices"};
  const auto columns = columns_of(report);
  if (columns.empty()) {
    section.blocks = {
        Paragraph{"The training profile names no columns to slice by, so how the model does in parts of the business "
                  "was not measured."}};
    return section;
  }
  if (auto ratios = ratios_of(report); !ratios.empty()) section.blocks.emplace_back(List{std::move(ratios)});
  for (const auto& column : columns)
    section.sections.push_back(column_section(report, column, section.sections.size() + 1));
  return section;
}

}  // namespace mf::report
