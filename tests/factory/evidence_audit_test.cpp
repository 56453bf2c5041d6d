#include "factory/evidence_audit.hpp"

#include <gtest/gtest.h>

#include "factory/audited_store.hpp"
#include "support/failures.hpp"

namespace mf::factory {
namespace {

constexpr const char* kKey = "platform_a/mf/resolved_train_plan/tr_1.json";
constexpr const char* kElsewhere = "platform_b/ofs/manifests/dm_1.json";
constexpr auto kLimit = store::ArtifactStore::kDocumentLimit;

contracts::PlatformProfile::EvidenceRefs rules(bool strict) { return {{"SYSTEM::mf"}, strict, "audit_test"}; }

class EvidenceAuditTest : public ::testing::Test {
 protected:
  /// A store with both documents, read by `actor`.
  std::unique_ptr<AuditedStore> store(const std::string& actor,
                                      std::optional<contracts::PlatformProfile::EvidenceRefs> of) {
    audit_ = std::make_shared<EvidenceAudit>(actor, std::move(of));
    audit_->begin("platform_a");
    auto behind = store::open_memory();
    behind->put_if_absent(kKey, "{}");
    behind->put_if_absent(kElsewhere, "{}");
    return std::make_unique<AuditedStore>(std::move(behind), audit_);
  }

  std::shared_ptr<EvidenceAudit> audit_;
};

TEST_F(EvidenceAuditTest, TellsWhatWasResolvedAndWhy) {
  const auto kept = store("SYSTEM::mf", rules(true));
  EXPECT_TRUE(kept->find_protected(kKey, "plan", kLimit).has_value());
  const auto told = audit_->take();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].ref_id, kKey);
  EXPECT_EQ(told[0].purpose, "audit_test:plan");
  EXPECT_EQ(told[0].reason_code, "");
  EXPECT_TRUE(audit_->take().empty()) << "each is told once";
}

TEST_F(EvidenceAuditTest, CountsARefOnceAStage) {
  const auto kept = store("SYSTEM::mf", rules(true));
  for (int i = 0; i < 3; ++i) static_cast<void>(kept->find_protected(kKey, "plan", kLimit));
  EXPECT_EQ(audit_->take().size(), 1U);
  audit_->begin("platform_a");
  static_cast<void>(kept->find_protected(kKey, "plan", kLimit));
  EXPECT_EQ(audit_->take().size(), 1U);
}

TEST_F(EvidenceAuditTest, SaysNothingOfWhatIsNotProtected) {
  const auto kept = store("SYSTEM::mf", rules(true));
  EXPECT_TRUE(kept->find(kKey, store::ArtifactStore::kDocumentLimit).has_value());
  EXPECT_TRUE(audit_->take().empty());
}

TEST_F(EvidenceAuditTest, DeniesInOrderAndRefusesWhereItIsStrict) {
  const auto stranger = store("HUMAN::stranger", rules(true));
  EXPECT_CODE(static_cast<void>(stranger->find_protected(kElsewhere, "dataset_manifest", kLimit)),
              Code::REF_ACCESS_DENIED);
  EXPECT_EQ(audit_->take().at(0).reason_code, "REF_ACCESS_DENIED") << "who comes before where";

  const auto ours = store("SYSTEM::mf", rules(true));
  EXPECT_CODE(static_cast<void>(ours->find_protected(kElsewhere, "dataset_manifest", kLimit)), Code::REF_ACCESS_DENIED);
  EXPECT_EQ(audit_->take().at(0).reason_code, "REF_SCOPE_MISMATCH");
}

TEST_F(EvidenceAuditTest, OnlyNotesADenialWhereItIsNotStrict) {
  const auto kept = store("HUMAN::stranger", rules(false));
  EXPECT_TRUE(kept->find_protected(kKey, "plan", kLimit).has_value());
  EXPECT_EQ(audit_->take().at(0).reason_code, "REF_ACCESS_DENIED");
}

TEST_F(EvidenceAuditTest, DeniesNobodyWithoutRules) {
  const auto kept = store("HUMAN::anybody", {});
  EXPECT_TRUE(kept->find_protected(kKey, "plan", kLimit).has_value());
  EXPECT_EQ(audit_->take().at(0).purpose, "mf_train_build:plan");
}

TEST_F(EvidenceAuditTest, TellsWhatIsNotThere) {
  const auto kept = store("SYSTEM::mf", rules(true));
  EXPECT_FALSE(kept->find_protected("platform_a/gone.json", "plan", kLimit).has_value());
  EXPECT_EQ(audit_->take().at(0).reason_code, "REF_NOT_FOUND");
}

TEST(EvidenceRefs, StandInTheDetailAsCanonicalJson) {
  ledger::Detail detail;
  tell(detail, {});
  EXPECT_TRUE(detail.empty());
  tell(detail, {{"a/b", "p:plan", ""}, {"a/c", "p:plan", "REF_NOT_FOUND"}});
  EXPECT_EQ(
      detail.at("evidence_refs"),
      R"([{"purpose":"p:plan","ref_id":"a/b","ref_type":"artifact_ref","status":"RESOLVED"},)"
      R"({"purpose":"p:plan","reason_code":"REF_NOT_FOUND","ref_id":"a/c","ref_type":"artifact_ref","status":"DENIED"}])");
}

}  // namespace
}  // namespace mf::factory
