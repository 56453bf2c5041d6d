#pragma once
// What the sections say of parts and figures alike.

#include <array>
#include <string>

#include "mf/contracts/eval_report.hpp"
#include "report/content.hpp"

namespace mf::report {

inline constexpr std::array kParts{"test", "validation", "train"};  ///< in the order they are told

/// The figures of `part`; nothing when the report has no such part.
const contracts::PartFigures* part_of(const contracts::EvalReport& report, const std::string& part);

/// The parts of the report, as kParts lists them.
std::vector<std::string> parts_of(const contracts::EvalReport& report);

/// 0.9518 [0.9401, 0.9630], or without an interval 0.9518.
std::string number_and_interval(const std::optional<double>& value, const contracts::FigureInterval* interval);

/// The same of a figure, or none and why.
std::string figure_in_words(const contracts::NamedFigures& figures, const std::string& name,
                            const contracts::FigureInterval* interval = nullptr);

/// The same as a cell of a table.
Cell figure_cell(const contracts::NamedFigures& figures, const std::string& name,
                 const contracts::FigureInterval* interval = nullptr);

/// The same with the interval below the number, where many columns stand side by side.
Cell narrow_figure_cell(const contracts::NamedFigures& figures, const std::string& name,
                        const contracts::FigureInterval* interval);

/// The interval of `name`, where one was computed.
const contracts::FigureInterval* interval_of(const std::map<std::string, contracts::FigureInterval>& intervals,
                                             const std::string& name);

}  // namespace mf::report
