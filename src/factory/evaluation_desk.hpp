#pragma once
// What lies ready while an evaluation is computed.

#include <map>
#include <optional>
#include <string>

#include "factory/asked_figures.hpp"
#include "factory/evaluation_settings.hpp"

namespace mf::factory {

struct EvaluationDesk {
  const EvaluationRules& rules;
  RankedParts parts;
  AskedFigures asked;
  std::optional<metrics::Bootstrap> bootstrap;
  PartSettings settings;

  EvaluationDesk(const EvaluationRules& by, RankedParts rows);
  EvaluationDesk(const EvaluationDesk&) = delete;  // the settings point into it
  EvaluationDesk& operator=(const EvaluationDesk&) = delete;

  /// Runs over resamples on the threads there are.
  [[nodiscard]] metrics::ForEach each() const;
  /// Intervals of the figures called `names`; none without a bootstrap.
  [[nodiscard]] std::map<std::string, contracts::FigureInterval> intervals(const metrics::RankedPart& rows,
                                                                           const metrics::EvaluationSettings& by,
                                                                           const FigureNames& names) const;
  /// The slice column called `name` of part number `p`. Throws GOVERNANCE_PROFILE_INVALID when there is none.
  [[nodiscard]] std::size_t slice_number(std::size_t p, const std::string& name) const;
};

std::string part_name(std::size_t p);

/// Rows that are fraud.
std::int64_t frauds_of(const metrics::RankedPart& rows);

/// The slices of a part that have rows, of the columns that profile or policy name, by column and value.
std::vector<contracts::SliceFigures> evaluate_slices(const EvaluationDesk& desk, std::size_t p);

/// Model and baseline side by side, wherever the policy compares them. Throws GOVERNANCE_PROFILE_INVALID when no
/// baseline has scored these rows.
std::vector<contracts::BaselineComparison> compare_with_baseline(const EvaluationDesk& desk);

}  // namespace mf::factory
