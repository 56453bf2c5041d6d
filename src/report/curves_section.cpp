#include <algorithm>
#include <cmath>

#include "report/in_words.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using contracts::EvalReport;
using contracts::PartFigures;
using Columns = std::map<std::string, std::vector<double>>;

/// The columns of one curve; nothing when the part has no such curve, or one of its columns is missing.
const Columns* curve_of(const PartFigures& part, const std::string& curve, std::initializer_list<const char*> columns) {
  const auto found = part.curves.find(curve);
  if (found == part.curves.end()) return nullptr;
  const bool whole = std::all_of(columns.begin(), columns.end(), [&](const char* column) {
    return found->second.contains(column) && found->second.at(column).size() == found->second.begin()->second.size();
  });
  return whole && !found->second.begin()->second.empty() ? &found->second : nullptr;
}

/// How a curve is drawn: which of its columns, and as what.
struct Drawn {
  const char* curve;
  const char* x;
  const char* y;
  std::optional<double> at_none{};  ///< y where nothing is alerted on; else the y of the first point
  Series::Shape shape = Series::Shape::line;
};

std::vector<Series> series_of(const EvalReport& report, const Drawn& drawn) {
  std::vector<Series> all;
  for (const auto& name : parts_of(report)) {
    const auto* columns = curve_of(*part_of(report, name), drawn.curve, {drawn.x, drawn.y});
    if (columns == nullptr) continue;
    Series series{name, drawn.shape, false, {}};
    if (columns->at(drawn.x).front() > 0)
      series.points.push_back({0, drawn.at_none ? *drawn.at_none : columns->at(drawn.y).front()});
    for (std::size_t i = 0; i < columns->at(drawn.x).size(); ++i)
      series.points.push_back({columns->at(drawn.x)[i], columns->at(drawn.y)[i]});
    all.push_back(std::move(series));
  }
  return all;
}

constexpr double kLeastShare = 1e-5;

Axis share(const std::string& name) { return {name, {}, 0.0, 1.0, true}; }

double fraud_rate(const PartFigures& part) {
  return part.rows == 0 ? 0 : static_cast<double>(part.positives) / static_cast<double>(part.rows);
}

Series reference(const std::string& name, Point from, Point to) {
  return {name, Series::Shape::line, true, {from, to}};
}

void add_roc(const EvalReport& report, std::vector<Figure>& figures) {
  auto series = series_of(report, {"thresholds", "false_positive_rate", "recall", 0.0});
  if (series.empty()) return;
  series.push_back(reference("by chance", {0, 0.0}, {1, 1.0}));
  figures.push_back({"chart-roc",
                     "ROC curve",
                     "Recall against the false positive rate, over all thresholds. The higher on the left, the better.",
                     {share("False positive rate"), share("Recall"), std::move(series)}});
}

void add_precision_recall(const EvalReport& report, std::vector<Figure>& figures) {
  auto series = series_of(report, {"thresholds", "recall", "precision", {}, Series::Shape::steps});
  if (series.empty()) return;
  std::string rest;
  if (const auto* test = part_of(report, "test")) {
    const double rate = fraud_rate(*test);
    series.push_back(reference("by chance", {0, rate}, {1, rate}));
    rest = " Alerts drawn by lot would have a precision of " + percentage(rate) + ", the share of fraud in test.";
  }
  figures.push_back(
      {"chart-precision-recall",
       "Precision and recall",
       "Which share of the alerts is fraud, and which share of the fraud is alerted on, over all thresholds." + rest,
       {share("Recall"), share("Precision"), std::move(series)}});
}

void add_gain(const EvalReport& report, std::vector<Figure>& figures) {
  auto series = series_of(report, {"thresholds", "alert_share", "recall", 0.0});
  if (series.empty()) return;
  series.push_back(reference("by chance", {0, 0.0}, {1, 1.0}));
  figures.push_back({"chart-gain",
                     "Gain",
                     "The share of fraud found when this share of all rows is alerted on, from the highest score down.",
                     {share("Rows alerted on"), share("Fraud found"), std::move(series)}});
}

// Nobody alerts on more, and the costs of the alerts hide the rest.
constexpr double kMostAlertsInCosts = 0.2;

void add_cost(const EvalReport& report, std::vector<Figure>& figures) {
  auto series = series_of(report, {"thresholds", "alert_share", "cost_per_row"});
  if (series.empty()) return;
  for (auto& one : series) std::erase_if(one.points, [](const Point& point) { return point.x > kMostAlertsInCosts; });
  figures.push_back(
      {"chart-cost",
       "Cost",
       "What alerts and missed frauds cost for each row, by the share of rows alerted on, at the costs that "
       "the training profile pins.",
       {{"Rows alerted on", {}, 0.0, kMostAlertsInCosts, true}, {"Cost per row", {}, 0.0}, std::move(series)}});
}

void add_calibration(const EvalReport& report, std::vector<Figure>& figures) {
  std::vector<Series> all;
  for (const auto& name : parts_of(report)) {
    Series series{name, Series::Shape::line, false, {}};
    for (const auto& bin : part_of(report, name)->calibration)
      if (bin.mean_score && bin.observed_rate) series.points.push_back({*bin.mean_score, *bin.observed_rate});
    if (!series.points.empty()) all.push_back(std::move(series));
  }
  if (all.empty()) return;
  all.push_back(reference("perfect", {0, 0.0}, {1, 1.0}));
  figures.push_back(
      {"chart-calibration",
       "Calibration",
       "The share of fraud among rows with about the same score, in ten bins. On the dashed line a score of "
       "30 % is fraud in 30 % of cases.",
       {share("Mean score of the bin"), share("Share of fraud"), std::move(all)}});
}

std::vector<std::string> bin_names(const Columns& columns) {
  std::vector<std::string> names;
  for (const double lower : columns.at("lower")) names.push_back(exact_number(std::round(lower * 1e4) / 1e4));
  return names;
}

double at(const std::vector<double>& column, std::size_t place) { return place < column.size() ? column[place] : 0; }

/// Shares of each class, since there is a hundred times more of one than of the other.
Series class_series(const Columns& columns, const std::string& name, bool fraud) {
  Series series{name, Series::Shape::bars, false, {}};
  double total = 0;
  const auto rows = [&](std::size_t i) {
    const double frauds = at(columns.at("frauds"), i);
    return fraud ? frauds : at(columns.at("rows"), i) - frauds;
  };
  for (std::size_t i = 0; i < columns.at("rows").size(); ++i) total += rows(i);
  for (std::size_t i = 0; i < columns.at("rows").size(); ++i)
    series.points.push_back({static_cast<double>(i), total == 0 ? 0 : rows(i) / total});
  return series;
}

void add_classes(const EvalReport& report, std::vector<Figure>& figures) {
  const auto* test = part_of(report, "test");
  const auto* columns = test == nullptr ? nullptr : curve_of(*test, "scores", {"lower", "upper", "rows", "frauds"});
  if (columns == nullptr) return;
  figures.push_back(
      {"chart-classes",
       "Scores of fraud and of legitimate rows",
       "Test rows by score, as shares of each class. On a logarithmic scale, so that rare scores are seen.",
       {{"Score", bin_names(*columns)},
        {"Share of the class", {}, kLeastShare, 1.0, true, true},
        {class_series(*columns, "legitimate", false), class_series(*columns, "fraud", true)}}});
}

/// A range without rows is drawn at the lower edge, since a logarithmic scale has no place for 0.
Series distribution_of(const Columns& columns, const std::string& name, double rows) {
  Series series{name, Series::Shape::line, false, {}};
  for (std::size_t i = 0; i < columns.at("rows").size(); ++i)
    series.points.push_back(
        {static_cast<double>(i), rows == 0 ? 0 : std::max(kLeastShare, columns.at("rows")[i] / rows)});
  return series;
}

void add_distributions(const EvalReport& report, std::vector<Figure>& figures) {
  std::vector<Series> all;
  std::vector<std::string> names;
  for (const auto& name : parts_of(report)) {
    const auto* part = part_of(report, name);
    const auto* columns = curve_of(*part, "scores", {"lower", "rows"});
    if (columns == nullptr || (!names.empty() && bin_names(*columns) != names)) continue;
    names = bin_names(*columns);
    all.push_back(distribution_of(*columns, name, static_cast<double>(part->rows)));
  }
  if (all.empty()) return;
  figures.push_back(
      {"chart-distributions",
       "Scores by part",
       "The share of each part's rows in each range of scores; parts that differ here have a high PSI. What is below "
       "0.001 % is drawn there.",
       {{"Score", std::move(names)}, {"Share of the part", {}, kLeastShare, 1.0, true, true}, std::move(all)}});
}

}  // namespace

Section curves_section(const Documents& documents) {
  const auto& report = documents.evaluation;
  Section section{"curves", "Curves and distributions"};
  Figures figures;
  for (const auto add :
       {add_precision_recall, add_roc, add_gain, add_cost, add_calibration, add_classes, add_distributions})
    add(report, figures.figures);
  if (figures.figures.empty())
    section.blocks = {Paragraph{"The evaluation kept no curves."}};
  else
    section.blocks = {std::move(figures)};
  return section;
}

}  // namespace mf::report
