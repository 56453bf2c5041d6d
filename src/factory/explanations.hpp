#pragma once
// How the scores of an evaluated model come about, as far as the training profile asks for it.

#include <optional>
#include <string>
#include <vector>

#include "factory/dataset_of_plan.hpp"
#include "factory/records.hpp"
#include "mf/contracts/explanations.hpp"
#include "mf/ledger/run_state.hpp"

namespace mf::factory {

/// A model, and the rows that it was evaluated on.
struct EvaluatedModel {
  const contracts::ResolvedTrainPlan& plan;
  const std::string& model;  ///< UBJ bytes
  const std::vector<std::string>& feature_names;
  const PreparedDataset& dataset;
  const std::string& scored_rows_sha256;
};

/// Explains the test part as `how` asks. The same inputs give the same document for any number of threads. Throws
/// ENGINE_FAILED, or what a stop throws.
contracts::Explanations explain(const Stage& stage, const EvaluatedModel& evaluated,
                                const contracts::TrainingProfile::Explanations& how);

/// The same, kept beside the run's other evidence; nothing when `profile` does not ask for it.
std::optional<Kept<contracts::Explanations>> keep_explanations(const Stage& stage, const EvaluatedModel& evaluated,
                                                               const contracts::TrainingProfile& profile);

/// What of `explanations` is not of this plan, model and scored rows: the pointer of the first such field.
std::optional<std::string> foreign_field(const contracts::Explanations& explanations,
                                         const contracts::ResolvedTrainPlan& plan, const std::string& model_sha256,
                                         const std::string& scored_rows_sha256);

/// The explanations that the log vouches for; nothing when it does not. Throws EVIDENCE_UNRESOLVED when they are gone,
/// EVIDENCE_DIGEST_MISMATCH when they were changed or are of another model.
std::optional<contracts::Explanations> read_explanations(const store::ArtifactStore& store,
                                                         const ledger::RunState& state,
                                                         const contracts::ResolvedTrainPlan& plan,
                                                         const std::string& model_sha256);

}  // namespace mf::factory
