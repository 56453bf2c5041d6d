#pragma once
// Figures between the room that computes them and the documents that hold them.

#include <map>
#include <string>

#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/governance_profile.hpp"
#include "mf/contracts/training_profile.hpp"
#include "mf/dataset/scored_rows.hpp"
#include "mf/gate/judge.hpp"
#include "mf/metrics/evaluate.hpp"

namespace mf::factory {

/// Figures of every evaluated part, by part name.
using PartsMetrics = std::map<std::string, metrics::PartMetrics>;

/// What is to be computed: what the training profile asks for, and whatever the policy judges by.
metrics::EvaluationSettings settings_of(const contracts::TrainingProfile& profile,
                                        const contracts::GovernanceProfile& policy);

/// All figures of `scored`, one element for each of kEvaluatedParts. The report is computed from the rows that are
/// written as evidence, the gate from those read back: the same rows, so the same figures to the last bit.
PartsMetrics compute(const std::vector<dataset::ScoredRows>& scored, const metrics::EvaluationSettings& settings);

/// As documents hold them.
std::map<std::string, contracts::PartFigures> figures_of(const PartsMetrics& parts);

/// The verdict that `policy` gives on these figures.
gate::Verdict judge_figures(const contracts::GovernanceProfile& policy, const PartsMetrics& parts);

}  // namespace mf::factory
