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

/// All figures of scored rows, as read back from the evidence: the report and the gate compute from the same bytes.
PartsMetrics compute(const dataset::ScoredRowsFile& scored, const metrics::EvaluationSettings& settings);

/// As documents hold them.
std::map<std::string, contracts::PartFigures> figures_of(const PartsMetrics& parts);

/// The verdict that `policy` gives on these figures.
gate::Verdict judge_figures(const contracts::GovernanceProfile& policy, const PartsMetrics& parts);

}  // namespace mf::factory
