#include "report/content.hpp"

#include <algorithm>

#include "report/in_words.hpp"

namespace mf::report {
namespace {

std::string in_words(const Axis& axis, const std::optional<double>& value) {
  return axis.percent ? percentage(value) : number(value);
}

std::string value_in_words(const Axis& axis, const Point& point) {
  if (!point.lower || !point.upper) return in_words(axis, point.y);
  return in_words(axis, point.y) + " [" + in_words(axis, point.lower) + ", " + in_words(axis, point.upper) + "]";
}

constexpr std::size_t kPointsInTable = 50;

/// The places of `size` that are told: all of them, or about 50 with the first and the last among them.
std::vector<std::size_t> told_places(std::size_t size) {
  const std::size_t told = std::min(size, kPointsInTable);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < told; ++i) places.push_back(told == 1 ? 0 : i * (size - 1) / (told - 1));
  return places;
}

/// A row for each category, a column for each series.
Table by_category(const Figure& figure) {
  const Chart& chart = figure.chart;
  Table table{figure.title, {{chart.x.name}}, {}};
  for (const auto& category : chart.x.categories) table.rows.emplace_back(std::vector<Cell>{category});
  for (const auto& series : chart.series) {
    table.columns.push_back({series.name.empty() ? chart.y.name : series.name, true});
    for (auto& row : table.rows) row.emplace_back("–");
    for (const auto& point : series.points)
      table.rows.at(static_cast<std::size_t>(point.x)).back() = value_in_words(chart.y, point);
  }
  return table;
}

/// A row for each point: series have places of their own.
Table by_point(const Figure& figure) {
  const Chart& chart = figure.chart;
  Table table{figure.title, {{"Series"}, {chart.x.name, true}, {chart.y.name, true}}, {}};
  for (const auto& series : chart.series) {
    if (series.reference) continue;
    for (const std::size_t place : told_places(series.points.size())) {
      const Point& point = series.points[place];
      table.rows.push_back({series.name, in_words(chart.x, point.x), value_in_words(chart.y, point)});
    }
  }
  return table;
}

}  // namespace

Cell Cell::exactly(std::string words) {
  Cell cell(std::move(words));
  cell.exact = true;
  return cell;
}

Table table_of(const Figure& figure) {
  return figure.chart.x.categories.empty() ? by_point(figure) : by_category(figure);
}

}  // namespace mf::report
