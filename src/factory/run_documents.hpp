#pragma once
// The documents of a run, as far as they are there and as they were recorded.

#include <optional>
#include <string>
#include <vector>

#include "factory/verification.hpp"
#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/explanations.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/leakage_certificate.hpp"
#include "mf/contracts/ledger_documents.hpp"
#include "mf/contracts/registry_documents.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_evidence.hpp"
#include "mf/ledger/run_state.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::factory {

/// A document and where it lies.
template <class T>
struct Found {
  T document;
  std::string ref;
};

template <class T>
using MaybeFound = std::optional<Found<T>>;

/// None of a kind: not recorded yet, or different, and then told as a difference.
struct RunDocuments {
  MaybeFound<contracts::ResolvedTrainPlan> plan;
  MaybeFound<contracts::ExecutionRecord> execution;
  MaybeFound<contracts::TrainArtifact> artifact;
  MaybeFound<contracts::LeakageCertificate> certificate;
  MaybeFound<contracts::Explanations> explanations;
  MaybeFound<contracts::EvalReport> report;
  MaybeFound<contracts::EvidencePack> pack;
  MaybeFound<contracts::TrainEvalReceipt> receipt;
  MaybeFound<contracts::GateReceipt> gate_receipt;
  MaybeFound<contracts::PublishEligibility> eligibility;
  MaybeFound<contracts::BundleManifest> manifest;
  MaybeFound<contracts::BundleSubmission> submission;
  MaybeFound<contracts::BundlePublication> publication;
  MaybeFound<contracts::PublishHandshakeReceipt> handshake;
  std::vector<Found<contracts::PublishFailureReceipt>> failures;
};

/// Everything that the log has ever vouched for in the store, whether a later event replaced it or not.
struct NamedRecord {
  std::string name;
  ledger::Recorded record;
};
std::vector<NamedRecord> records_of(const std::vector<contracts::LedgerEvent>& events);

/// Reads them all in the order of the corridor, each held against its digest and its schema.
RunDocuments read_documents(Verification& verification, const store::ArtifactStore& store,
                            std::vector<NamedRecord> records, const std::string& run);

}  // namespace mf::factory
