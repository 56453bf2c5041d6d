#include "report/parts.hpp"

#include "report/in_words.hpp"

namespace mf::report {

const contracts::PartFigures* part_of(const contracts::EvalReport& report, const std::string& part) {
  const auto found = report.metrics.parts.find(part);
  return found == report.metrics.parts.end() ? nullptr : &found->second;
}

std::vector<std::string> parts_of(const contracts::EvalReport& report) {
  std::vector<std::string> parts;
  for (const char* part : kParts)
    if (part_of(report, part) != nullptr) parts.emplace_back(part);
  return parts;
}

std::string number_and_interval(const std::optional<double>& value, const contracts::FigureInterval* interval) {
  if (interval == nullptr || !interval->lower || !interval->upper) return number(value);
  return number(value) + " [" + number(interval->lower) + ", " + number(interval->upper) + "]";
}

Cell figure_cell(const contracts::NamedFigures& figures, const std::string& name,
                 const contracts::FigureInterval* interval) {
  const auto found = figures.figures.find(name);
  if (found == figures.figures.end()) return "–";
  if (found->second) {
    Cell cell(number_and_interval(found->second, interval));
    if (interval != nullptr && interval->reason) cell.note = "no interval: " + *interval->reason;
    return cell;
  }
  Cell cell("none");
  if (const auto reason = figures.undefined.find(name); reason != figures.undefined.end()) cell.note = reason->second;
  return cell;
}

Cell narrow_figure_cell(const contracts::NamedFigures& figures, const std::string& name,
                        const contracts::FigureInterval* interval) {
  Cell cell = figure_cell(figures, name);
  if (cell.note.empty() && interval != nullptr && interval->lower && interval->upper)
    cell.note = number(interval->lower) + " to " + number(interval->upper);
  return cell;
}

std::string figure_in_words(const contracts::NamedFigures& figures, const std::string& name,
                            const contracts::FigureInterval* interval) {
  const Cell cell = figure_cell(figures, name, interval);
  return cell.text + (cell.note.empty() ? "" : ": " + cell.note);
}

const contracts::FigureInterval* interval_of(const std::map<std::string, contracts::FigureInterval>& intervals,
                                             const std::string& name) {
  const auto found = intervals.find(name);
  return found == intervals.end() ? nullptr : &found->second;
}

}  // namespace mf::report
