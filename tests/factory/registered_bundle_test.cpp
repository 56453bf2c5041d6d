#include "factory/registered_bundle.hpp"

#include <gtest/gtest.h>

#include "mf/contracts/document.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/store/layout.hpp"
#include "publication/bundle_evidence.hpp"
#include "support/failures.hpp"

namespace mf::factory {
namespace {

using mf::testing::EvidenceOfARun;
namespace layout = store::layout;

/// A registry that holds one bundle, until a test changes it.
class ReadBundle : public ::testing::Test {
 protected:
  ReadBundle() : bundle_(EvidenceOfARun().assembled()) {
    reference_ = {bundle_.manifest.bundle_id, bundle_.manifest.bundle_version};
    for (const auto& file : bundle_.files()) files_[file.path] = file.bytes;
  }

  [[nodiscard]] std::unique_ptr<store::ArtifactStore> registry() const {
    auto store = store::open_memory();
    for (const auto& [path, bytes] : files_)
      store->put_if_absent(layout::registry::bundle_member(reference_.bundle_id, reference_.bundle_version, path),
                           bytes);
    return store;
  }

  RegisteredBundle read() const { return read_bundle(*registry(), reference_); }

  /// Puts a contract of its own into the bundle, with a manifest and an id that fit.
  template <class Change>
  void publish_contract(Change change) {
    auto contract = contracts::read_json<contracts::ScoringContract>(files_.at("scoring_contract.json"), "contract");
    change(contract);
    files_["scoring_contract.json"] = contracts::write(contract);
    auto& manifest = bundle_.manifest;
    for (auto& member : manifest.members)
      if (member.path == "scoring_contract.json")
        member = {member.path, member.role, identity::sha256_hex(files_[member.path]),
                  static_cast<std::int64_t>(files_[member.path].size())};
    publish_manifest();
  }

  void publish_manifest() {
    auto& manifest = bundle_.manifest;
    manifest.bundle_id = bundle_.publication.bundle_id = publication::bundle_id_of(manifest);
    manifest.bundle_version = bundle_.publication.bundle_version =
        identity::bundle_version(manifest.bundle_id, manifest.policy_revision, manifest.config_revision);
    reference_ = {manifest.bundle_id, manifest.bundle_version};
    files_["bundle_manifest.json"] = contracts::write(manifest);
    files_["bundle_publication.json"] = contracts::write(bundle_.publication);
  }

  publication::Bundle bundle_;
  contracts::BundleReference reference_;
  std::map<std::string, std::string> files_;
};

TEST_F(ReadBundle, GivesWhatWasPublished) {
  const auto read = this->read();
  EXPECT_EQ(read.manifest.bundle_id, reference_.bundle_id);
  EXPECT_EQ(read.model, "model bytes");
  EXPECT_EQ(read.scoring.features.size(), 2U);
  const auto lock = lock_of(read);
  EXPECT_EQ(lock.manifest_sha256, identity::sha256_hex(files_.at("bundle_manifest.json")));
  EXPECT_EQ(lock.model_sha256, identity::sha256_hex("model bytes"));
  EXPECT_EQ(lock.target_scope.bundle_slot, "primary");
  EXPECT_FALSE(lock.reason);
}

TEST_F(ReadBundle, NeedsEveryFile) {
  for (const auto& file : bundle_.files()) {
    SCOPED_TRACE(file.path);
    const std::string bytes = files_.at(file.path);
    files_.erase(file.path);
    EXPECT_CODE(read(), Code::EVIDENCE_UNRESOLVED);
    files_[file.path] = bytes;
  }
}

TEST_F(ReadBundle, BelievesNoMemberThatWasChanged) {
  for (const auto& member : bundle_.members) {
    SCOPED_TRACE(member.path);
    files_[member.path] += " ";
    EXPECT_CODE(read(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
    files_[member.path] = member.bytes;
  }
}

TEST_F(ReadBundle, BelievesNoManifestWhoseContentGivesAnotherId) {
  bundle_.manifest.policy_revision = "p2";
  files_["bundle_manifest.json"] = contracts::write(bundle_.manifest);
  EXPECT_CODE(read(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
}

TEST_F(ReadBundle, BelievesNoBundleThatStandsUnderTheNameOfAnother) {
  const auto standing = files_;
  bundle_.manifest.intent_kind = "regression_check";
  const auto asked = reference_;
  publish_manifest();
  reference_ = asked;
  EXPECT_CODE(read(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
  files_ = standing;
  EXPECT_NO_THROW(read());
}

TEST_F(ReadBundle, BelievesNoPublicationOfAnother) {
  bundle_.publication.bundle_version = "v0-000000000000";
  files_["bundle_publication.json"] = contracts::write(bundle_.publication);
  EXPECT_CODE(read(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
}

TEST_F(ReadBundle, RefusesAContractThatContradictsItself) {
  publish_contract([](auto& contract) { contract.features.push_back(contract.features.front()); });
  EXPECT_CODE(read(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
}

TEST_F(ReadBundle, RefusesAContractOfAnotherModel) {
  publish_contract([](auto& contract) { contract.model.sha256 = std::string(64, '0'); });
  EXPECT_CODE(read(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
}

TEST_F(ReadBundle, RefusesAContractThatDoesNotListItsCategories) {
  publish_contract([](auto& contract) { contract.features.front().type = "string"; });
  EXPECT_CODE(read(), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
  publish_contract([](auto& contract) {
    contract.categories.emplace()[contract.features.front().name] = std::vector<std::string>{"a", "b"};
  });
  EXPECT_NO_THROW(read());
}

TEST_F(ReadBundle, HoldsALockAgainstWhatIsThereNow) {
  const OpenRegistry open = [this] { return registry(); };
  auto lock = lock_of(read());
  EXPECT_NO_THROW(read_locked_bundle(open, lock));
  // The same content in other bytes has the id, and is not what was locked.
  files_["bundle_manifest.json"] += "\n";
  EXPECT_CODE(read_locked_bundle(open, lock), Code::BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION);
}

}  // namespace
}  // namespace mf::factory
