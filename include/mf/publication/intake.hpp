#pragma once
// Taking a bundle in: what a registry checks before it registers one, from the bundle alone.
//
// Room: publication.  intake_reasons.def lists every reason there is. Nothing is believed because a document says so:
// digests, id and version are computed again, and what two documents say of the same has to be the same.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mf/contracts/bundle_documents.hpp"
#include "mf/contracts/eval_report.hpp"
#include "mf/contracts/gate_documents.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::publication {

/// From best to worst: the worst reason decides.
enum class Admission { registered, ineligible, rejected };

/// REGISTERED, REGISTERED_INELIGIBLE or REJECTED.
std::string_view name_of(Admission admission);

enum class IntakeReason : int {
#define MF_INTAKE_REASON(name, leads_to, sentence) name,
#include "mf/publication/intake_reasons.def"
#undef MF_INTAKE_REASON
};

/// A row of the table.
struct IntakeRow {
  std::string_view name;
  Admission leads_to;
  std::string_view sentence;
};

std::span<const IntakeRow> intake_table();
const IntakeRow& row_of(IntakeReason reason);

/// One thing that stands against the bundle.
struct Finding {
  IntakeReason reason;
  std::string member;  ///< the file that it is about
  std::string what;
};

/// Something in the bundle's folder.
struct FolderEntry {
  std::string name;
  bool is_file = false;  ///< a regular one: no link, no folder, no pipe
};

/// Whom and what for the registry takes bundles.
struct IntakeTerms {
  std::optional<contracts::TargetScope> scope;  ///< nothing: any
  std::vector<std::string> submitters;          ///< actor ids; none: anybody
};

/// Such as local/fraud/primary, and the tenant behind it where the slot belongs to one.
std::string scope_in_words(const contracts::TargetScope& scope);

/// What was found, and the documents as far as they can be read.
struct Intake {
  std::vector<Finding> findings;
  std::optional<contracts::BundleManifest> manifest;
  std::optional<contracts::BundlePublication> publication;
  std::optional<contracts::BundleSubmission> submission;
  std::optional<contracts::ScoringContract> scoring;
  std::optional<contracts::EvalReport> report;
  std::optional<contracts::GateReceipt> receipt;
  std::optional<std::string> model;  ///< UBJ bytes with the digest that the manifest names; not looked into

  [[nodiscard]] Admission admission() const;
  void find(IntakeReason reason, const std::string& member, const std::string& what);
};

/// Looks at the bundle in `folder`, which holds `entries`. Only files are opened, and nothing is written. Every finding
/// is told, in the order of the documents. Throws what the store throws for a file that it cannot read.
Intake take_in(const store::ArtifactStore& folder, const std::vector<FolderEntry>& entries, const IntakeTerms& terms);

}  // namespace mf::publication
