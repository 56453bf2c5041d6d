#pragma once
// The leakage certificate: what the guards found, bound to the model.

#include <optional>
#include <string>

#include "factory/dataset_of_plan.hpp"
#include "mf/contracts/leakage_certificate.hpp"
#include "mf/contracts/training_evidence.hpp"
#include "mf/ledger/run_state.hpp"

namespace mf::factory {

/// The certificate of the model that `artifact`, kept under `artifact_ref`, tells of.
contracts::LeakageCertificate certificate_of(const contracts::ResolvedTrainPlan& plan,
                                             const contracts::TrainingProfile& profile, const PreparedDataset& dataset,
                                             const contracts::TrainArtifact& artifact, const std::string& artifact_ref);

/// What of `certificate` is not of this run, plan, artifact and model: the pointer of the first such field.
std::optional<std::string> foreign_field(const contracts::LeakageCertificate& certificate,
                                         const contracts::ResolvedTrainPlan& plan,
                                         const contracts::TrainArtifact& artifact, const std::string& artifact_ref);

/// Reads the certificate that the log vouches for; runs trained before there were certificates have none. Throws
/// EVIDENCE_UNRESOLVED when it is gone, EVIDENCE_DIGEST_MISMATCH when it was changed or is of another model.
void require_certificate(const store::ArtifactStore& store, const ledger::RunState& state,
                         const contracts::ResolvedTrainPlan& plan, const contracts::TrainArtifact& artifact);

}  // namespace mf::factory
