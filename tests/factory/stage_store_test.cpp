#include "factory/stage_store.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>

#include "mf/ledger/submission.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"
#include "support/requests.hpp"

namespace mf::factory {
namespace {

using Put = store::ArtifactStore::Put;

/// A queued run that is claimed, and the store as its stage sees it.
class StageStoreTest : public ::testing::Test {
 protected:
  void be_taken_over() {
    clock_.advance_seconds(ledger::kLeaseMicroseconds / kMicrosecondsPerSecond);
    successor_log_.emplace(*behind_, clock_, place_);
    successor_.emplace(*successor_log_);
  }

  testing::FixedClock clock_;
  std::unique_ptr<store::ArtifactStore> behind_ = store::open_memory();
  store::layout::RunPlace place_ = ledger::submit(*behind_, clock_, testing::a_request()).place;
  ledger::RunLog log_{*behind_, clock_, place_};
  ledger::Claim claim_{log_};
  StopRequest stop_;
  StageStore store_{*behind_, claim_, &stop_};
  std::optional<ledger::RunLog> successor_log_;
  std::optional<ledger::Claim> successor_;
};

TEST_F(StageStoreTest, PutsUnderTheClaim) {
  EXPECT_EQ(store_.put_if_absent("a/b", "x"), Put::created);
  EXPECT_EQ(behind_->find("a/b"), "x");
}

TEST_F(StageStoreTest, PutsNothingOnceTheRunWasTakenOver) {
  be_taken_over();
  EXPECT_CODE(store_.put_if_absent("a/b", "x"), Code::LEASE_LOST);
  EXPECT_EQ(behind_->find("a/b"), std::nullopt);
}

TEST_F(StageStoreTest, StillReadsOnceTheRunWasTakenOver) {
  behind_->put_if_absent("a/b", "x");
  be_taken_over();
  EXPECT_EQ(store_.find("a/b", 1), "x");
}

TEST_F(StageStoreTest, NeitherPutsNorReadsOnWhenTheProcessIsToldToStop) {
  behind_->put_if_absent("a/b", "x");
  const auto source = store_.open("a/b");
  stop_.signal = 15;
  std::array<char, 8> room{};
  EXPECT_CODE(source->read(room), Code::INTERRUPTED);
  EXPECT_CODE(store_.put_if_absent("a/c", "x"), Code::INTERRUPTED);
  EXPECT_EQ(behind_->find("a/c"), std::nullopt);
}

TEST_F(StageStoreTest, OpensNothingWhereNothingIs) { EXPECT_EQ(store_.open("a/b"), nullptr); }

}  // namespace
}  // namespace mf::factory
