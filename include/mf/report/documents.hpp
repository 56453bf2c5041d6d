#pragma once
// What is known of a run that was evaluated: its own documents, read and verified by whoever asks for a report.
//
// Room: report.

#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/explanations.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/leakage_certificate.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::report {

/// A document or file that the ledger of the run vouches for.
struct Record {
  std::string name, ref, sha256;
};

/// What is not there yet, or never was, is nothing.
struct Documents {
  std::string run_key, state;
  contracts::ResolvedTrainPlan plan;
  contracts::ExecutionRecord execution;
  contracts::TrainArtifact artifact;
  contracts::EvalReport evaluation;
  std::optional<contracts::LeakageCertificate> certificate;
  std::optional<contracts::Explanations> explanations;
  std::optional<contracts::GateReceipt> verdict;
  std::optional<contracts::BundleManifest> bundle;
  std::vector<Record> records;  ///< by name, ascending
};

}  // namespace mf::report
