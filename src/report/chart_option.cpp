#include "report/chart_option.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace mf::report {
namespace {

using nlohmann::json;

// Okabe and Ito's colours, which people who see few colours tell apart; dashes help where there is only grey.
constexpr std::array kColours{"#0072b2", "#d55e00", "#009e73", "#8f4f7d", "#946c00"};
constexpr std::array kDashes{"solid", "dashed", "dotted", "solid", "dashed"};
constexpr const char* kInk = "#3d444d";
constexpr const char* kGrid = "#e3e6ea";
constexpr const char* kReference = "#6b7280";
constexpr const char* kFont = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
constexpr int kWidth = 500, kHeight = 330, kBarHeight = 22, kAboveAndBelowBars = 96, kLongestName = 180;

json number_or_null(const Axis& axis, const std::optional<double>& value) {
  if (!value || (axis.logarithmic && *value <= 0)) return nullptr;
  return axis.percent ? *value * 100 : *value;
}

const char* type_of(const Axis& axis) {
  if (!axis.categories.empty()) return "category";
  return axis.logarithmic ? "log" : "value";
}

json axis_option(const Axis& axis, int name_gap) {
  json option{{"type", type_of(axis)},
              {"name", axis.name},
              {"nameLocation", "middle"},
              {"nameGap", name_gap},
              {"nameTextStyle", {{"color", kInk}, {"fontSize", 14}}},
              {"axisLine", {{"show", true}, {"lineStyle", {{"color", "#9aa1aa"}}}}},
              {"axisTick", {{"lineStyle", {{"color", "#9aa1aa"}}}}},
              {"axisLabel", {{"color", kInk}, {"fontSize", 13}, {"hideOverlap", true}}},
              {"splitLine", {{"show", axis.categories.empty()}, {"lineStyle", {{"color", kGrid}}}}}};
  if (!axis.categories.empty()) option["data"] = axis.categories;
  if (axis.percent) option["axisLabel"]["formatter"] = "{value} %";
  if (!axis.lowest) option["scale"] = true;
  if (axis.logarithmic && axis.lowest) option["startValue"] = number_or_null(axis, axis.lowest);
  if (axis.lowest) option["min"] = number_or_null(axis, axis.lowest);
  if (axis.highest) option["max"] = number_or_null(axis, axis.highest);
  return option;
}

json places_of(const Chart& chart, const Series& series) {
  json places = json::array();
  for (const auto& point : series.points) {
    const json x = number_or_null(chart.x, point.x), y = number_or_null(chart.y, point.y);
    if (chart.sideways)
      places.push_back({y, x});
    else
      places.push_back({x, y});
  }
  return places;
}

void add_line_style(json& option, const Series& series, std::size_t number) {
  option["symbol"] = series.dots ? "circle" : "none";
  option["symbolSize"] = 6;
  option["showAllSymbol"] = true;
  option["lineStyle"] = {{"width", series.reference ? 1.4 : 2.2},
                         {"color", series.reference ? kReference : kColours[number % kColours.size()]},
                         {"type", series.reference ? "dashed" : kDashes[number % kDashes.size()]}};
  if (series.shape == Series::Shape::steps) option["step"] = "start";
}

void add_shape(json& option, const Series& series, std::size_t number) {
  switch (series.shape) {
    case Series::Shape::line:
    case Series::Shape::steps:
      option["type"] = "line";
      return add_line_style(option, series, number);
    case Series::Shape::points:
      option["type"] = "scatter";
      option["symbolSize"] = 9;
      return;
    case Series::Shape::bars:
      option["type"] = "bar";
      option["barCategoryGap"] = "20%";
      option["barGap"] = "0%";
      return;
  }
}

json end_of(const Chart& chart, const Point& point, double value) {
  const json x = number_or_null(chart.x, point.x), y = number_or_null(chart.y, value);
  return {{"coord", chart.sideways ? json{y, x} : json{x, y}}};
}

/// ECharts has no whiskers of its own; a marked line between two places is one.
json whiskers_of(const Chart& chart, const Series& series) {
  json pairs = json::array();
  for (const auto& point : series.points)
    if (point.lower && point.upper)
      pairs.push_back(json::array({end_of(chart, point, *point.lower), end_of(chart, point, *point.upper)}));
  return pairs;
}

void add_whiskers(json& option, const Chart& chart, const Series& series, std::size_t number) {
  json pairs = whiskers_of(chart, series);
  if (pairs.empty()) return;
  option["markLine"] = {
      {"silent", true},
      {"symbol", "none"},
      {"label", {{"show", false}}},
      {"lineStyle", {{"color", kColours[number % kColours.size()]}, {"width", 1.6}, {"type", "solid"}}},
      {"data", std::move(pairs)}};
}

json series_option(const Chart& chart, const Series& series, std::size_t number) {
  const char* colour = series.reference ? kReference : kColours[number % kColours.size()];
  json option{{"name", series.name},
              {"data", places_of(chart, series)},
              {"silent", true},
              {"itemStyle", {{"color", colour}}},
              {"emphasis", {{"disabled", true}}}};
  add_shape(option, series, number);
  add_whiskers(option, chart, series, number);
  return option;
}

/// Marks belong to a series of their own, so that the whiskers of others are left alone.
json marks_option(const Chart& chart) {
  json lines = json::array();
  for (const auto& mark : chart.marks) {
    const bool of_x = mark.upright != chart.sideways;
    const Axis& axis = mark.upright ? chart.x : chart.y;
    lines.push_back({{of_x ? "xAxis" : "yAxis", number_or_null(axis, mark.at)}, {"name", mark.name}});
  }
  return {{"type", "line"},
          {"data", json::array()},
          {"silent", true},
          {"markLine",
           {{"silent", true},
            {"symbol", "none"},
            {"label", {{"show", false}}},
            {"lineStyle", {{"color", kReference}, {"width", 1.4}, {"type", "dashed"}}},
            {"data", std::move(lines)}}}};
}

bool is_of_lines(const Chart& chart) {
  return std::all_of(chart.series.begin(), chart.series.end(), [](const Series& series) {
    return series.shape == Series::Shape::line || series.shape == Series::Shape::steps;
  });
}

json legend_of(const Chart& chart) {
  json names = json::array();
  for (const auto& series : chart.series)
    if (!series.name.empty()) names.push_back(series.name);
  return {{"show", names.size() > 1},
          {"data", names},
          {"top", 0},
          {"left", 8},
          {"itemWidth", 28},
          {"itemGap", 26},
          // ECharts puts a dot on the line of a legend, although the lines have none.
          {"itemStyle", {{"opacity", is_of_lines(chart) ? 0 : 1}}},
          {"textStyle", {{"color", kInk}, {"fontSize", 14}}}};
}

}  // namespace

ChartSize size_of(const Chart& chart) {
  if (!chart.sideways) return {kWidth, kHeight};
  return {kWidth, kAboveAndBelowBars + kBarHeight * static_cast<int>(chart.x.categories.size())};
}

json option_of(const Chart& chart) {
  json x = axis_option(chart.x, chart.sideways ? 0 : 30), y = axis_option(chart.y, chart.sideways ? 30 : 58);
  if (chart.sideways) {
    x["inverse"] = true;
    x["name"] = "";
    x["axisLabel"]["width"] = kLongestName;
    x["axisLabel"]["overflow"] = "truncate";
    x["axisLabel"]["interval"] = 0;
  }
  json series = json::array();
  for (const auto& one : chart.series) series.push_back(series_option(chart, one, series.size()));
  if (!chart.marks.empty()) series.push_back(marks_option(chart));
  const bool named = legend_of(chart)["show"];
  return {{"animation", false},
          {"textStyle", {{"fontFamily", kFont}}},
          {"legend", legend_of(chart)},
          {"grid",
           {{"left", chart.sideways ? 20 : 78},
            {"right", 24},
            {"top", named ? 40 : 16},
            {"bottom", chart.sideways ? 34 : 58},
            {"containLabel", chart.sideways}}},
          {"xAxis", chart.sideways ? y : x},
          {"yAxis", chart.sideways ? x : y},
          {"series", std::move(series)}};
}

}  // namespace mf::report
