#include <algorithm>
#include <array>
#include <set>

#include "report/in_words.hpp"
#include "report/metric_titles.hpp"
#include "report/parts.hpp"
#include "report/sections.hpp"

namespace mf::report {
namespace {

using contracts::EvalReport;

/// What is told first, in this order; a name that ends with _ stands for all that begin with it.
constexpr std::array kMain{"average_precision",
                           "auc_roc",
                           "recall_at_fpr_",
                           "precision",
                           "recall",
                           "value_recall",
                           "alert_share",
                           "false_positive_rate",
                           "cost_per_row",
                           "savings",
                           "brier",
                           "expected_calibration_error",
                           "psi_from_train"};

bool stands_for(const std::string& main, const std::string& name) {
  return main.ends_with('_') ? name.starts_with(main) : name == main;
}

std::set<std::string> all_names(const EvalReport& report) {
  std::set<std::string> names;
  for (const auto& [part, figures] : report.metrics.parts)
    for (const auto& [name, value] : figures.figures) names.insert(name);
  return names;
}

std::vector<std::string> main_names(const EvalReport& report) {
  std::vector<std::string> names;
  for (const char* main : kMain)
    for (const auto& name : all_names(report))
      if (stands_for(main, name)) names.push_back(name);
  return names;
}

Table table_of(const EvalReport& report, const std::vector<std::string>& names, const std::string& caption) {
  Table table{caption, {{"Figure"}, {"Name in policies"}}, {}};
  const auto parts = parts_of(report);
  for (const auto& part : parts) table.columns.push_back({part, true});
  for (const auto& name : names) {
    std::vector<Cell> row{title_of_metric(name), Cell::exactly(name)};
    for (const auto& part : parts) {
      const auto& figures = *part_of(report, part);
      row.push_back(figure_cell(figures, name, interval_of(figures.intervals, name)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string uncertainty_of(const EvalReport::Metrics& metrics) {
  if (!metrics.bootstrap)
    return "The figures are point estimates: the training profile asks for no resamples, so there are no intervals.";
  const auto& bootstrap = *metrics.bootstrap;
  std::string clusters;
  for (const auto& [part, count_of_part] : bootstrap.clusters)
    clusters += (clusters.empty() ? "" : ", ") + part + " " + count(count_of_part);
  return "In brackets: " + percentage(bootstrap.level) + " intervals by bootstrap (" + bootstrap.method + ", " +
         counted(bootstrap.resamples, "resample", "resamples") + ", seed " + std::to_string(bootstrap.seed) +
         "). What is drawn are clusters of rows with the same " + bootstrap.cluster_by +
         (clusters.empty() ? "." : " (" + clusters + ").");
}

std::string rule_in_words(const EvalReport::OperatingPoint& point) {
  return point.rule + (point.value ? " " + exact_number(*point.value) : "");
}

Section at_threshold(const EvalReport& report) {
  const auto& point = *report.metrics.operating_point;
  Section section{"operating-point", "At the operating threshold"};
  section.blocks.emplace_back(
      Facts{{{"Threshold",
              point.threshold ? exact_number(*point.threshold) : "none: " + point.reason.value_or("no reason given")},
             {"Chosen by the rule", rule_in_words(point)},
             {"Chosen on", point.chosen_on}}});
  Table table{"Rows by alert (score at or above the threshold) and label",
              {{"Part"},
               {"Frauds alerted on", true},
               {"Frauds missed", true},
               {"False alerts", true},
               {"Legitimate, no alert", true}},
              {}};
  for (const auto& name : parts_of(report)) {
    const auto& confusion = part_of(report, name)->confusion;
    if (!confusion) continue;
    table.rows.push_back({name, count(confusion->true_positives), count(confusion->false_negatives),
                          count(confusion->false_positives), count(confusion->true_negatives)});
  }
  if (!table.rows.empty()) section.blocks.emplace_back(table);
  return section;
}

Table alert_rates_of(const EvalReport& report) {
  Table table{
      "Alerting on the highest scores alone: the test rows at each alert rate",
      {{"Alert rate"}, {"Alerts", true}, {"Lowest score alerted on", true}, {"Precision", true}, {"Recall", true}},
      {}};
  const auto* test = part_of(report, "test");
  if (test == nullptr) return table;
  for (const auto& rate : test->alert_rates) {
    const std::string name = "_at_alert_rate_" + exact_number(rate.rate);
    table.rows.push_back({percentage(rate.rate), count(rate.alerts), number(rate.threshold),
                          figure_cell(*test, "precision" + name, interval_of(test->intervals, "precision" + name)),
                          figure_cell(*test, "recall" + name, interval_of(test->intervals, "recall" + name))});
  }
  return table;
}

}  // namespace

Section figures_section(const Documents& documents) {
  const auto& report = documents.evaluation;
  const auto names = all_names(report);
  Section section{"figures", "Key figures"};
  section.blocks = {Paragraph{uncertainty_of(report.metrics)},
                    table_of(report, main_names(report), "Main figures by part; test rows took no part in any choice")};
  const Table rates = alert_rates_of(report);
  if (!rates.rows.empty()) section.blocks.emplace_back(rates);
  section.blocks.emplace_back(Folded{"All " + std::to_string(names.size()) + " figures",
                                     table_of(report, {names.begin(), names.end()}, "Every figure of the evaluation")});
  if (report.metrics.operating_point) section.sections.push_back(at_threshold(report));
  return section;
}

}  // namespace mf::report
