#pragma once
// In what two runs differ: what went in, how it was made, and what came out.
//
// Room: report.

#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::report {

/// A run as far as it came. A profile is its content as JSON; nothing where it is not there as it was locked.
struct RunFacts {
  std::string run_key, state;
  contracts::ResolvedTrainPlan plan;
  std::optional<std::string> training_profile, governance_profile;
  std::optional<contracts::ExecutionRecord> execution;
  std::optional<contracts::TrainArtifact> artifact;
  std::optional<contracts::EvalReport> evaluation;
  std::optional<contracts::GateReceipt> verdict;
};

/// One thing that is not the same in both.
struct Difference {
  std::string group;          ///< of difference_groups()
  std::string name;           ///< such as algorithm.params.eta, or test auc_roc
  std::string first, second;  ///< as the documents spell them; empty: it has none
  std::string note;           ///< of figures: by how much it moved, and whether the intervals overlap
};

/// What is looked at, in this order: request, input, training_profile, governance_profile, library, machine, rows,
/// engine, model, verdict, figure.
const std::vector<std::string>& difference_groups();

/// All differences, by group and then by name. Neither times nor attempts count, nor where a store is mounted.
std::vector<Difference> differences(const RunFacts& first, const RunFacts& second);

}  // namespace mf::report
