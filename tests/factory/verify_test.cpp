#include <gtest/gtest.h>

#include "factory/verification.hpp"
#include "factory/workshop_in_memory.hpp"
#include "mf/factory/stories.hpp"
#include "mf/identity/digest.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"
#include "support/failing_store.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"
#include "support/requests.hpp"

namespace mf::factory {
namespace {

namespace layout = store::layout;

/// A run in memory, and a workshop around it.
class Verify : public ::testing::Test {
 protected:
  /// Puts `bytes`, and lets the log vouch for them under a name that no release knows.
  void record(const std::string& name, const std::string& key, const std::string& bytes) {
    workshop_.artifacts->put_if_absent(key, bytes);
    ledger::RunLog log(*workshop_.artifacts, clock_, place_);
    ledger::Claim claim(log);
    claim.append(ledger::Event::plan_locked, {{name + "_ref", key}, {name + "_sha256", identity::sha256_hex(bytes)}});
  }

  /// The same store with other bytes under `key`, or without it.
  void disturb(const std::string& key, const std::optional<std::string>& bytes) {
    auto disturbed = store::open_memory();
    for (const auto& folder : {std::string("mf"), std::string("a"), place_.platform_run_id})
      for (const auto& kept : workshop_.artifacts->list(folder))
        if (kept != key) disturbed->put_if_absent(kept, workshop_.artifacts->find(kept).value());
    if (bytes) disturbed->put_if_absent(key, *bytes);
    workshop_.artifacts = std::move(disturbed);
  }

  Result verified() { return verify(workshop_, {"", place_.run_key}, false); }

  void expect_different(const std::string& key) {
    const auto result = verified();
    EXPECT_EQ(result.outcome, "DIFFERENT");
    EXPECT_EQ(result.exit_status, 1);
    ASSERT_TRUE(result.failure);
    EXPECT_EQ(result.failure->context().at("ref"), key);
  }

  testing::FixedClock clock_;
  std::unique_ptr<observability::Journal> journal_ = observability::open_silence();
  Workshop workshop_ = testing::workshop_in_memory(clock_, *journal_);
  layout::RunPlace place_ = ledger::submit(*workshop_.artifacts, clock_, testing::a_request()).place;
};

TEST_F(Verify, FindsAQueuedRunAsItWasRecorded) {
  const auto result = verified();
  EXPECT_EQ(result.outcome, "VERIFIED");
  EXPECT_EQ(result.exit_status, 0);
  EXPECT_EQ(result.run, place_.run_key);
}

TEST_F(Verify, HoldsWhateverTheLogVouchesForAgainstItsDigest) {
  record("novelty", "a/b", "bytes");
  EXPECT_EQ(verified().outcome, "VERIFIED");
  disturb("a/b", "bites");
  expect_different("a/b");
  disturb("a/b", std::nullopt);
  expect_different("a/b");
}

TEST_F(Verify, FindsTheRunByARequestWhenTheAnchorIsGone) {
  const std::string anchor = layout::run_anchor(place_.run_key);
  disturb(anchor, std::nullopt);
  expect_different(anchor);
  disturb(anchor, "no anchor");
  expect_different(anchor);
}

TEST_F(Verify, NamesADamagedAnchorThatNothingElseReplaces) {
  disturb(layout::request_alias("req-golden-01"), std::nullopt);
  disturb(layout::run_anchor(place_.run_key), "no anchor");
  expect_different(layout::run_anchor(place_.run_key));
}

TEST_F(Verify, MissesTheAliasOfARequest) {
  const std::string alias = layout::request_alias("req-golden-01");
  disturb(alias, std::nullopt);
  expect_different(alias);
}

TEST_F(Verify, MissesALogThatIsGoneWhileOtherDocumentsAreThere) {
  record("novelty", layout::execution_record(place_), "bytes");
  for (const auto& key : workshop_.artifacts->list(layout::ledger_events(place_))) disturb(key, std::nullopt);
  expect_different(layout::ledger_event(place_, 1));
}

TEST_F(Verify, DoesNotKnowARunThatWasNeverRecorded) {
  EXPECT_CODE(verify(workshop_, {"", "tr_0"}, false), Code::RUN_NOT_FOUND);
  disturb(layout::ledger_event(place_, 1), std::nullopt);
  EXPECT_CODE(verified(), Code::RUN_NOT_FOUND);
}

TEST_F(Verify, SaysNothingOfARunWhoseStoreIsAway) {
  const auto behind = std::move(workshop_.artifacts);
  workshop_.artifacts = std::make_unique<testing::FailingStore>(*behind, 0, Code::STORE_UNAVAILABLE);
  EXPECT_CODE(verify(workshop_, place_, false), Code::STORE_UNAVAILABLE);
  workshop_.artifacts = nullptr;
}

TEST_F(Verify, TellsOfEveryRun) {
  EXPECT_EQ(verify_all(workshop_, false).figures.size(), 1U);
  disturb(layout::request_alias("req-golden-01"), std::nullopt);
  const auto result = verify_all(workshop_, false);
  EXPECT_EQ(result.outcome, "DIFFERENT");
  EXPECT_EQ(result.exit_status, 1);
}

/// Checks that are made one after another.
class Verifications : public ::testing::Test {
 protected:
  void check(const std::string& name, Code code) {
    verification_.check_file(name, name, [&]() -> std::uint64_t { throw Error(code, name); });
  }

  std::unique_ptr<observability::Journal> journal_ = observability::open_silence();
  Verification verification_{*journal_};
};

TEST_F(Verifications, CountWhatIsAsRecorded) {
  verification_.check_file("a", "a", [] { return std::uint64_t{5}; });
  verification_.check("what a says", "a", [] {});
  EXPECT_EQ(verification_.checks(), 2);
  EXPECT_EQ(verification_.files(), 1);
  EXPECT_EQ(verification_.bytes(), 5);
}

TEST_F(Verifications, GoOnAfterADifference) {
  check("a", Code::EVIDENCE_DIGEST_MISMATCH);
  check("b", Code::EVIDENCE_UNRESOLVED);
  ASSERT_EQ(verification_.differences().size(), 2U);
  EXPECT_EQ(verification_.differences()[0].check, "a");
  EXPECT_EQ(verification_.differences()[1].error.context().at("ref"), "b");
  EXPECT_EQ(verification_.files(), 0);
}

TEST_F(Verifications, TakeNothingForADifferenceThatCouldNotBeRead) {
  check("a", Code::STORE_NOT_PERMITTED);
  check("b", Code::REGISTRY_UNAVAILABLE);
  check("c", Code::REF_ACCESS_DENIED);
  EXPECT_TRUE(verification_.differences().empty());
  EXPECT_EQ(verification_.unread()->code(), Code::STORE_NOT_PERMITTED);
}

TEST_F(Verifications, TakeADefectForADefect) { EXPECT_CODE(check("a", Code::INTERNAL), Code::INTERNAL); }

}  // namespace
}  // namespace mf::factory
