#include <gtest/gtest.h>

#include "factory/workshop_in_memory.hpp"
#include "mf/factory/stories.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"
#include "support/failing_store.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"
#include "support/requests.hpp"

namespace mf::factory {
namespace {

namespace layout = store::layout;

/// A run in memory that was submitted and no more, and a workshop around it. Whole runs are made again by
/// tests/program/test_reproduce.py.
class Reproduce : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> keys() const {
    auto keys = workshop_.artifacts->list("mf");
    for (const auto& key : workshop_.artifacts->list(place_.platform_run_id)) keys.push_back(key);
    return keys;
  }

  void expect_refused(const layout::RunPlace& place, Code code) {
    const auto before = keys();
    EXPECT_CODE(reproduce(workshop_, place, {}), code);
    EXPECT_EQ(keys(), before);
  }

  testing::FixedClock clock_;
  std::unique_ptr<observability::Journal> journal_ = observability::open_silence();
  Workshop workshop_ = testing::workshop_in_memory(clock_, *journal_);
  layout::RunPlace place_ = ledger::submit(*workshop_.artifacts, clock_, testing::a_request()).place;
};

TEST_F(Reproduce, NeedsAModel) {
  expect_refused(place_, Code::STAGE_MISSING);
  expect_refused({"", place_.run_key}, Code::STAGE_MISSING);
}

TEST_F(Reproduce, DoesNotKnowARunThatWasNeverRecorded) {
  expect_refused({"", "tr_0"}, Code::RUN_NOT_FOUND);
  expect_refused({place_.platform_run_id, "tr_0"}, Code::RUN_NOT_FOUND);
}

TEST_F(Reproduce, SaysWhatEndedARunBeforeItHadAModel) {
  {
    ledger::RunLog log(*workshop_.artifacts, clock_, place_);
    ledger::Claim claim(log);
    claim.append(ledger::Event::plan_locked, {});
    claim.append(ledger::Event::run_failed, {{"terminal_class", "REJECTED_INPUTS"},
                                             {"stage", "train"},
                                             {"code", "LEAKAGE_GUARD_VIOLATION"},
                                             {"message", "a leak"}});
  }
  expect_refused(place_, Code::LEAKAGE_GUARD_VIOLATION);
}

TEST_F(Reproduce, SaysNothingOfARunWhoseStoreIsAway) {
  const auto behind = std::move(workshop_.artifacts);
  workshop_.artifacts = std::make_unique<testing::FailingStore>(*behind, 0, Code::STORE_UNAVAILABLE);
  EXPECT_CODE(reproduce(workshop_, place_, {}), Code::STORE_UNAVAILABLE);
  workshop_.artifacts = nullptr;
}

}  // namespace
}  // namespace mf::factory
