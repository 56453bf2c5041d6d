#pragma once
// A bundle: members, their table of contents, the submission, and the publication the registry takes.
//
// Room: publication.  Pure assembly: the same evidence gives the same bytes, whoever packs it and wherever.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/contracts/resolved_train_plan.hpp"
#include "mf/contracts/training_evidence.hpp"

namespace mf::publication {

/// A file of the bundle, by the name it has in every copy.
struct BundleFile {
  std::string path;
  std::string role;
  std::string bytes;
};

struct Bundle {
  std::vector<BundleFile> members;                        ///< what the bundle consists of, by path
  contracts::BundleManifest manifest;                     ///< names and digests the members
  std::optional<contracts::BundleSubmission> submission;  ///< who asks for it and who submits it; nothing until then
  contracts::BundlePublication publication;               ///< the v0 face of it

  /// Every file in the order in which it is to be written: members, manifest, submission, publication. The last one
  /// makes it count.
  [[nodiscard]] std::vector<BundleFile> files() const;
};

/// What a bundle is made from. All of it has been verified against the ledger.
struct BundleEvidence {
  const contracts::ResolvedTrainPlan& plan;
  std::string train_run_key;
  const contracts::TrainArtifact& train_artifact;
  const std::string& model;                ///< UBJ bytes
  std::vector<std::string> feature_types;  ///< one for each feature name of the artifact
  const contracts::EvalReport& eval_report;
  std::string eval_report_ref;
  const contracts::GateReceipt& gate_receipt;
  std::string gate_receipt_ref;
  std::string score;                                                          ///< what a score means
  std::optional<std::map<std::string, std::vector<std::string>>> categories;  ///< as the execution record has them
  std::optional<contracts::ScoringContract::ReasonCodes> reason_codes = {};   ///< nothing when none are exposed
};

/// What a bundle made by `plan` says of its origin.
contracts::BundleManifest::Lineage lineage_of(const contracts::ResolvedTrainPlan& plan);

/// The id that the content of `manifest` gives it, whatever id it carries: the recipe mf.bundle_id.v2.
std::string bundle_id_of(const contracts::BundleManifest& manifest);

/// What keeps `scoring` from being the contract of `model`, saying one thing twice and not the same; empty: nothing.
std::string fault_of(const contracts::ScoringContract& scoring, const contracts::BundleManifest::Member& model);

/// The name under which `manifest` is submitted however often it is: its id and version.
std::string idempotency_key_of(const contracts::BundleManifest& manifest);

/// What a submission of `manifest` says of the bundle and of the verdict in `receipt`. Its circumstance (who asked, who
/// submits, when and where) is left for the submitter to add.
contracts::BundleSubmission submission_of(const contracts::BundleManifest& manifest,
                                          const contracts::GateReceipt& receipt);

/// Assembles the bundle, not yet submitted. Throws BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION when the model is not the one
/// the evidence names.
Bundle assemble(const BundleEvidence& evidence);

}  // namespace mf::publication
