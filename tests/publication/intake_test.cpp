#include "mf/publication/intake.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "mf/contracts/document.hpp"
#include "mf/publication/bundle.hpp"
#include "publication/bundle_evidence.hpp"

namespace mf::publication {
namespace {

using mf::testing::EvidenceOfARun;
using enum IntakeReason;

TEST(IntakeTable, IsClosed) {
  const std::map<std::string_view, Admission> kKnown = {
      {"SCHEMA_INVALID", Admission::rejected},         {"ARTIFACT_MISSING", Admission::rejected},
      {"ARTIFACT_REF_INVALID", Admission::rejected},   {"ARTIFACT_UNEXPECTED", Admission::rejected},
      {"ARTIFACT_UNSOUND", Admission::rejected},       {"DIGEST_MISSING", Admission::rejected},
      {"DIGEST_MISMATCH", Admission::rejected},        {"BUNDLE_ID_MISMATCH", Admission::rejected},
      {"DOCUMENTS_DISAGREE", Admission::rejected},     {"COMPATIBILITY_MISSING", Admission::rejected},
      {"COMPATIBILITY_INVALID", Admission::rejected},  {"ROLE_FORBIDDEN", Admission::rejected},
      {"SUBMITTER_MISSING", Admission::rejected},      {"SUBMITTER_FORBIDDEN", Admission::rejected},
      {"SCOPE_MISMATCH", Admission::rejected},         {"EVAL_EVIDENCE_MISSING", Admission::ineligible},
      {"GATE_RECEIPT_MISSING", Admission::ineligible}, {"LINEAGE_MISSING", Admission::ineligible},
      {"GATE_NOT_PASSED", Admission::ineligible},
  };
  std::map<std::string_view, Admission> table;
  for (const auto& row : intake_table()) {
    EXPECT_TRUE(table.emplace(row.name, row.leads_to).second) << row.name;
    EXPECT_TRUE(row.sentence.ends_with(".")) << row.name;
  }
  EXPECT_EQ(table, kKnown);
  EXPECT_EQ(row_of(GATE_NOT_PASSED).name, "GATE_NOT_PASSED");
}

TEST(Intake, IsAsBadAsItsWorstFinding) {
  Intake intake;
  EXPECT_EQ(name_of(intake.admission()), "REGISTERED");
  intake.find(LINEAGE_MISSING, "bundle_manifest.json", "is empty");
  EXPECT_EQ(name_of(intake.admission()), "REGISTERED_INELIGIBLE");
  intake.find(DIGEST_MISMATCH, "model.ubj", "has other bytes");
  intake.find(GATE_NOT_PASSED, "gate_receipt.json", "the verdict is FAIL");
  EXPECT_EQ(name_of(intake.admission()), "REJECTED");
}

/// A bundle in a folder, until a test changes it.
class TakeIn : public ::testing::Test {
 protected:
  TakeIn() {
    EvidenceOfARun run;
    auto& digests = run.gate_receipt.evidence_digests;
    digests.eval_report = contracts::content_digest(run.eval_report);
    digests.model = identity::sha256_hex(run.model);
    for (const auto& file : run.submitted().files()) files_[file.path] = file.bytes;
  }

  [[nodiscard]] Intake take_in() const {
    const auto folder = store::open_memory();
    std::vector<FolderEntry> entries = others_;
    for (const auto& [name, bytes] : files_) {
      folder->put_if_absent(name, bytes);
      entries.push_back({name, true});
    }
    return publication::take_in(*folder, entries, terms_);
  }

  [[nodiscard]] std::vector<IntakeReason> reasons() const {
    std::vector<IntakeReason> reasons;
    for (const auto& finding : take_in().findings) reasons.push_back(finding.reason);
    return reasons;
  }

  template <class T>
  void edit(const std::string& name, std::function<void(T&)> change) {
    auto document = contracts::read_json<T>(files_.at(name), name);
    change(document);
    files_[name] = contracts::write(document);
  }

  std::map<std::string, std::string> files_;
  std::vector<FolderEntry> others_;
  IntakeTerms terms_;
};

using Reasons = std::vector<IntakeReason>;

TEST_F(TakeIn, FindsNothingInABundleAsItWasPublished) {
  const auto intake = take_in();
  for (const auto& finding : intake.findings)
    ADD_FAILURE() << row_of(finding.reason).name << " " << finding.member << " " << finding.what;
  EXPECT_EQ(intake.admission(), Admission::registered);
  EXPECT_EQ(intake.model, "model bytes");
  EXPECT_EQ(intake.submission->requester_principal, "HUMAN::asker");
}

TEST_F(TakeIn, NeedsEveryFile) {
  const auto whole = files_;
  for (const auto& [name, bytes] : whole) {
    files_ = whole;
    files_.erase(name);
    EXPECT_EQ(reasons(), Reasons{name == "submission.json" ? SUBMITTER_MISSING : ARTIFACT_MISSING}) << name;
  }
}

TEST_F(TakeIn, FollowsNoLinkAndOpensNothingElse) {
  files_.erase("model.ubj");
  others_ = {{"model.ubj", false}, {"backup", false}};
  EXPECT_EQ(reasons(), (Reasons{ARTIFACT_REF_INVALID, ARTIFACT_UNEXPECTED}));
}

TEST_F(TakeIn, HoldsTheScopeAndTheSubmitterAgainstTheTerms) {
  terms_ = {contracts::TargetScope{"dev", "fraud", "primary", {}}, {"HUMAN::x", "SYSTEM::model_factory"}};
  EXPECT_EQ(reasons(), Reasons{});
  terms_.scope->tenant_id = "t1";
  terms_.submitters.pop_back();
  EXPECT_EQ(reasons(), (Reasons{SUBMITTER_FORBIDDEN, SCOPE_MISMATCH}));
}

TEST_F(TakeIn, ComputesTheIdAgain) {
  edit<contracts::BundleManifest>("bundle_manifest.json", [](auto& manifest) { manifest.config_revision = "c2"; });
  const auto found = reasons();
  EXPECT_EQ(std::count(found.begin(), found.end(), BUNDLE_ID_MISMATCH), 2);
}

TEST_F(TakeIn, DoesNotLookIntoWhatHasAnotherDigest) {
  edit<contracts::GateReceipt>("gate_receipt.json", [](auto& receipt) {
    receipt.request_id = "request-1";
    receipt.evaluated_at_utc = "2026-02-10T00:00:00Z";
    receipt.gate_decision = "FAIL";
  });
  EXPECT_EQ(reasons(), Reasons{DIGEST_MISMATCH});
  EXPECT_FALSE(take_in().receipt);
}

TEST_F(TakeIn, IsNotMisledByADocumentThatIsTooLarge) {
  files_["bundle_publication.json"] = std::string(store::ArtifactStore::kDocumentLimit + 1, ' ');
  EXPECT_EQ(reasons(), Reasons{SCHEMA_INVALID});
}

}  // namespace
}  // namespace mf::publication
