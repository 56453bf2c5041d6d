#include <gtest/gtest.h>

#include "mf/contracts/document.hpp"
#include "mf/identity/recipes.hpp"
#include "mf/publication/registry.hpp"
#include "mf/store/layout.hpp"
#include "publication/bundle_evidence.hpp"
#include "support/failing_store.hpp"
#include "support/failures.hpp"

namespace mf::publication {
namespace {

namespace layout = store::layout;
using Outcome = Publication::Outcome;

/// A bundle, its event, and a registry in memory.
class ObjectStoreRegistry : public ::testing::Test {
 protected:
  Publication publish() { return publish_into(*store_); }
  Publication publish_into(store::ArtifactStore& store) {
    return open_object_store_registry(store)->publish(bundle_, event_);
  }

  [[nodiscard]] std::string key(std::string_view path) const {
    return layout::registry::bundle_member(bundle_.manifest.bundle_id, bundle_.manifest.bundle_version, path);
  }

  static contracts::RegistryLifecycleEvent event_of(const Bundle& bundle) {
    contracts::RegistryLifecycleEvent event;
    event.registry_event_id = identity::registry_event_id(bundle.manifest.bundle_id, bundle.manifest.bundle_version);
    event.scope_key = bundle.manifest.target_scope;
    event.bundle_ref = {bundle.manifest.bundle_id, bundle.manifest.bundle_version, "registry/x"};
    event.actor = {"SYSTEM::model_factory", "SYSTEM"};
    event.ts_utc = "2026-02-10T00:00:00Z";
    event.evidence_refs = {{"mf_gate_receipt", "gate.json"}};
    return event;
  }

  Bundle bundle_ = testing::EvidenceOfARun().submitted();
  contracts::RegistryLifecycleEvent event_ = event_of(bundle_);
  std::unique_ptr<store::ArtifactStore> store_ = store::open_memory();
};

TEST_F(ObjectStoreRegistry, HoldsTheWholeBundleOncePublished) {
  const Publication publication = publish();
  EXPECT_EQ(publication.outcome, Outcome::published);
  EXPECT_EQ(publication.bundle_ref, key(layout::kBundlePublicationFile));
  EXPECT_EQ(publication.conflict_ref, "");
  for (const auto& file : bundle_.files()) EXPECT_EQ(store_->find(key(file.path)), file.bytes) << file.path;
  EXPECT_TRUE(store_->find(publication.event_ref));
}

TEST_F(ObjectStoreRegistry, TakesTheSameBundleAgain) {
  publish();
  const auto keys = store_->list("registry");
  EXPECT_EQ(publish().outcome, Outcome::already_published);
  EXPECT_EQ(store_->list("registry"), keys);
}

TEST_F(ObjectStoreRegistry, LetsTheFirstEventStand) {
  const auto first = store_->find(publish().event_ref);
  event_.ts_utc = "2026-03-01T00:00:00Z";
  event_.actor = {"HUMAN::x", "HUMAN"};
  const auto again = publish();
  EXPECT_EQ(again.outcome, Outcome::already_published);
  EXPECT_EQ(store_->find(again.event_ref), first);
}

TEST_F(ObjectStoreRegistry, LetsTheFirstSubmissionStand) {
  const auto first = publish();
  const auto standing = store_->find(key(layout::kBundleSubmissionFile));
  bundle_.submission->submitter = {"HUMAN::x", "HUMAN"};
  bundle_.submission->requester_principal = "HUMAN::another";
  bundle_.submission->submitted_at_utc = "2026-03-01T00:00:00Z";
  const auto again = publish();
  EXPECT_EQ(again.outcome, Outcome::already_published);
  EXPECT_EQ(store_->find(key(layout::kBundleSubmissionFile)), standing);
  EXPECT_EQ(again.submission_sha256, first.submission_sha256);
  EXPECT_EQ(again.submission_sha256, identity::sha256_hex(*standing));
  EXPECT_EQ(again.publication_sha256, identity::sha256_hex(*store_->find(again.bundle_ref)));
}

TEST_F(ObjectStoreRegistry, RefusesASubmissionThatSaysSomethingElse) {
  publish();
  bundle_.submission->gate.profile_digest = testing::EvidenceOfARun::digest('0');
  const auto again = publish();
  EXPECT_EQ(again.outcome, Outcome::conflict);
  EXPECT_EQ(again.conflict_ref, key(layout::kBundleSubmissionFile));
}

TEST_F(ObjectStoreRegistry, RefusesASubmissionWithoutASubmitter) {
  auto nameless = contracts::write_content(*bundle_.submission);
  store_->put_if_absent(key(layout::kBundleSubmissionFile), nameless);
  EXPECT_EQ(publish().outcome, Outcome::conflict);
}

TEST_F(ObjectStoreRegistry, SignsNoBundleThatAnotherPublished) {
  const auto submission = bundle_.submission;
  bundle_.submission.reset();
  publish();
  bundle_.submission = submission;
  const auto again = publish();
  EXPECT_EQ(again.outcome, Outcome::already_published);
  EXPECT_EQ(again.submission_sha256, "");
  EXPECT_FALSE(store_->find(key(layout::kBundleSubmissionFile)));
}

TEST_F(ObjectStoreRegistry, ChangesNothingOnAConflict) {
  for (const auto& file : bundle_.files()) {
    SCOPED_TRACE(file.path);
    store_ = store::open_memory();
    store_->put_if_absent(key(file.path), "other bytes");
    const Publication publication = publish();
    EXPECT_EQ(publication.outcome, Outcome::conflict);
    EXPECT_EQ(publication.conflict_ref, key(file.path));
    EXPECT_EQ(store_->list("registry"), std::vector<std::string>{key(file.path)});
    EXPECT_EQ(store_->find(key(file.path)), "other bytes");
  }
}

TEST_F(ObjectStoreRegistry, RefusesAnotherEventInItsPlace) {
  auto other = event_;
  other.bundle_ref.registry_ref = "registry/elsewhere";
  const auto event_ref = publish().event_ref;
  event_ = other;
  EXPECT_CODE(publish(), Code::REGISTRY_EVENT_IMMUTABILITY_VIOLATION);
  store_ = store::open_memory();
  store_->put_if_absent(event_ref, "{}");
  EXPECT_CODE(publish(), Code::REGISTRY_EVENT_IMMUTABILITY_VIOLATION);
}

TEST_F(ObjectStoreRegistry, IsUnavailableWhateverKeepsItsStoreFromAnswering) {
  for (const Code code : {Code::STORE_UNAVAILABLE, Code::STORE_FULL, Code::STORE_NOT_PERMITTED}) {
    testing::FailingStore away(*store_, 0, code);
    EXPECT_CODE(publish_into(away), Code::REGISTRY_UNAVAILABLE);
  }
  EXPECT_TRUE(store_->list("registry").empty());
}

TEST_F(ObjectStoreRegistry, FinishesWhatWasCutShort) {
  const int all = static_cast<int>(bundle_.files().size()) + 1;
  for (int puts = 1; puts < all; ++puts) {
    SCOPED_TRACE(puts);
    store_ = store::open_memory();
    testing::FailingStore away(*store_, puts, Code::STORE_UNAVAILABLE);
    EXPECT_CODE(publish_into(away), Code::REGISTRY_UNAVAILABLE);
    const bool counted = store_->find(key(layout::kBundlePublicationFile)).has_value();
    EXPECT_EQ(publish().outcome, counted ? Outcome::already_published : Outcome::published);
    EXPECT_EQ(store_->list("registry").size(), static_cast<std::size_t>(all));
  }
}

}  // namespace
}  // namespace mf::publication
