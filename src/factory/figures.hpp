#pragma once
// Figures as the room that computes them has them, and as documents do.

#include <map>
#include <string>

#include "mf/contracts/eval_report.hpp"
#include "mf/metrics/evaluate.hpp"
#include "mf/metrics/intervals.hpp"

namespace mf::factory {

/// A number, or null with its reason under `undefined`.
void put(const metrics::Figures& figures, contracts::NamedFigures& named);

/// All but days, which a caller may want to do without, and intervals.
contracts::PartFigures figures_of(const metrics::PartMetrics& part);

std::vector<contracts::PeriodFigures> periods_of(const std::vector<metrics::Period>& periods);

std::map<std::string, contracts::FigureInterval> intervals_of(
    const std::map<std::string, metrics::Interval>& intervals);

contracts::BaselineComparison::Figure difference_of(const metrics::Difference& difference);

}  // namespace mf::factory
