#include "mf/publication/intake.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "mf/contracts/document.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/store/layout.hpp"
#include "publication/intake_agreement.hpp"

namespace mf::publication {
namespace {

namespace layout = store::layout;
using contracts::BundleManifest;
using enum IntakeReason;

constexpr std::array kTable = {
#define MF_INTAKE_REASON(name, leads_to, sentence) IntakeRow{#name, Admission::leads_to, sentence},
#include "mf/publication/intake_reasons.def"
#undef MF_INTAKE_REASON
};

/// A file that a manifest may name, and what it means when it does not.
struct KnownMember {
  std::string_view path, role;
  IntakeReason unnamed;
};

constexpr std::array kMembers = {
    KnownMember{layout::kModelFile, "model", ARTIFACT_MISSING},
    KnownMember{layout::kScoringContractFile, "scoring_contract", ARTIFACT_MISSING},
    KnownMember{layout::kEvalReportFile, "eval_report", EVAL_EVIDENCE_MISSING},
    KnownMember{layout::kGateReceiptFile, "gate_receipt", GATE_RECEIPT_MISSING},
};
constexpr std::array kOutsideManifest = {layout::kBundleManifestFile, layout::kBundleSubmissionFile,
                                         layout::kBundlePublicationFile};

const KnownMember* known(std::string_view path) {
  const auto* found = std::ranges::find(kMembers, path, &KnownMember::path);
  return found == kMembers.end() ? nullptr : found;
}

/// What a document that cannot be read lacks: the schema names only the first fault.
IntakeReason reason_of(const Error& error) {
  const auto found = error.context().find("pointer");
  const std::string pointer = found == error.context().end() ? "" : found->second;
  const bool missing = error.message().ends_with(" is missing");
  if (pointer.starts_with("/compatibility")) return missing ? COMPATIBILITY_MISSING : COMPATIBILITY_INVALID;
  if (pointer.ends_with("/sha256") || pointer.ends_with("_digest")) return missing ? DIGEST_MISSING : SCHEMA_INVALID;
  return SCHEMA_INVALID;
}

/// Reads a folder into an intake.
class Reader {
 public:
  Reader(const store::ArtifactStore& folder, const std::vector<FolderEntry>& entries, Intake& intake)
      : folder_(folder), intake_(intake) {
    for (const auto& entry : entries) entries_[entry.name] = entry.is_file;
  }

  void read() {
    intake_.manifest = document<BundleManifest>(std::string(layout::kBundleManifestFile), ARTIFACT_MISSING);
    if (intake_.manifest) members();
    intake_.submission =
        document<contracts::BundleSubmission>(std::string(layout::kBundleSubmissionFile), SUBMITTER_MISSING);
    intake_.publication =
        document<contracts::BundlePublication>(std::string(layout::kBundlePublicationFile), ARTIFACT_MISSING);
    strangers();
  }

 private:
  void find(IntakeReason reason, std::string_view member, const std::string& what) {
    intake_.find(reason, std::string(member), what);
  }

  /// The bytes of the file called `name`; nothing, and a finding, when there is no such file.
  std::optional<std::string> bytes(const std::string& name, IntakeReason absent, std::size_t limit) {
    wanted_.insert(name);
    const auto entry = entries_.find(name);
    if (entry != entries_.end() && !entry->second) {
      find(ARTIFACT_REF_INVALID, name, "is no regular file; links are not followed");
      return {};
    }
    auto found = entry == entries_.end() ? std::nullopt : folder_.find(name, limit);
    if (!found) find(absent, name, "is not in the folder");
    return found;
  }

  template <class T>
  std::optional<T> parsed(const std::string& name, const std::string& bytes) {
    try {
      auto document = contracts::read_json<T>(bytes, name);
      if (contracts::canonical_form_of_json(bytes, name) + "\n" != bytes)
        find(SCHEMA_INVALID, name, "is not canonical JSON and a line feed");
      return document;
    } catch (const Error& error) {
      if (error.row().transient()) throw;
      find(reason_of(error), name, error.message());
      return {};
    }
  }

  template <class T>
  std::optional<T> document(const std::string& name, IntakeReason absent) {
    try {
      const auto found = bytes(name, absent, store::ArtifactStore::kDocumentLimit);
      return found ? parsed<T>(name, *found) : std::nullopt;
    } catch (const Error& error) {
      if (error.code() != Code::DOCUMENT_INVALID) throw;
      find(SCHEMA_INVALID, name, error.message());
      return {};
    }
  }

  void members() {
    for (const auto& member : intake_.manifest->members)
      if (is_nameable(member)) take(member);
    for (const auto& member : kMembers)
      if (!named_.contains(member.path))
        find(member.unnamed, layout::kBundleManifestFile,
             "names no " + std::string(member.path) + " among its members");
  }

  /// A path that is no plain name might lead anywhere, and what is no member of a bundle is not asked for.
  bool is_nameable(const BundleManifest::Member& member) {
    const auto* row = known(member.path);
    if (row == nullptr) {
      const bool plain = member.path.find('/') == std::string::npos && entries_.contains(member.path);
      find(plain ? ROLE_FORBIDDEN : ARTIFACT_REF_INVALID, layout::kBundleManifestFile,
           "names a member " + member.path +
               (plain ? ", which no bundle has" : ", which is no name of a bundle's file"));
      wanted_.insert(member.path);
      return false;
    }
    if (!named_.insert(row->path).second) {
      find(ARTIFACT_REF_INVALID, layout::kBundleManifestFile, "names " + member.path + " twice");
      return false;
    }
    if (member.role != row->role)
      find(ROLE_FORBIDDEN, layout::kBundleManifestFile, "gives " + member.path + " the role " + member.role);
    return true;
  }

  void take(const BundleManifest::Member& member) {
    auto found = bytes(member.path, ARTIFACT_MISSING, store::ArtifactStore::kArtifactLimit);
    if (!found || !has_digest(member, *found)) return;
    if (member.path == layout::kModelFile) {
      intake_.model = std::move(*found);
      return;
    }
    if (member.path == layout::kScoringContractFile)
      intake_.scoring = parsed<contracts::ScoringContract>(member.path, *found);
    if (member.path == layout::kEvalReportFile) intake_.report = parsed<contracts::EvalReport>(member.path, *found);
    if (member.path == layout::kGateReceiptFile) intake_.receipt = parsed<contracts::GateReceipt>(member.path, *found);
  }

  bool has_digest(const BundleManifest::Member& member, const std::string& bytes) {
    const std::string observed = identity::sha256_hex(bytes);
    const bool same = observed == member.sha256 && static_cast<std::int64_t>(bytes.size()) == member.bytes;
    if (!same)
      find(DIGEST_MISMATCH, member.path,
           "has " + std::to_string(bytes.size()) + " bytes with digest " + observed + "; the manifest names " +
               std::to_string(member.bytes) + " with " + member.sha256);
    return same;
  }

  /// Without a manifest nobody can say what belongs to the bundle, but for the names that every bundle has.
  void strangers() {
    for (const auto name : kOutsideManifest) wanted_.insert(std::string(name));
    if (!intake_.manifest)
      for (const auto& member : kMembers) wanted_.insert(std::string(member.path));
    for (const auto& [name, is_file] : entries_)
      if (!wanted_.contains(name))
        find(ARTIFACT_UNEXPECTED, name, is_file ? "is no file of this bundle" : "is no file, and none of this bundle");
  }

  const store::ArtifactStore& folder_;
  Intake& intake_;
  std::map<std::string, bool> entries_;
  std::set<std::string> wanted_;
  std::set<std::string_view> named_;
};

}  // namespace

std::string_view name_of(Admission admission) {
  switch (admission) {
    case Admission::registered:
      return "REGISTERED";
    case Admission::ineligible:
      return "REGISTERED_INELIGIBLE";
    case Admission::rejected:
      return "REJECTED";
  }
  throw Error(Code::INTERNAL, "an admission without a name");
}

std::span<const IntakeRow> intake_table() { return kTable; }

const IntakeRow& row_of(IntakeReason reason) { return kTable.at(static_cast<std::size_t>(reason)); }

Admission Intake::admission() const {
  Admission worst = Admission::registered;
  for (const auto& finding : findings) worst = std::max(worst, row_of(finding.reason).leads_to);
  return worst;
}

void Intake::find(IntakeReason reason, const std::string& member, const std::string& what) {
  findings.push_back({reason, member, what});
}

Intake take_in(const store::ArtifactStore& folder, const std::vector<FolderEntry>& entries, const IntakeTerms& terms) {
  Intake intake;
  Reader(folder, entries, intake).read();
  check_agreement(intake, terms);
  return intake;
}

}  // namespace mf::publication
