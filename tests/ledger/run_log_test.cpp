#include "mf/ledger/run_log.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "ledger/event_chain.hpp"
#include "mf/contracts/document.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"

namespace mf::ledger {
namespace {

/// A run with a few events, in a store of its own.
class RunLogTest : public ::testing::Test {
 protected:
  RunLogTest() {
    RunLog log = open();
    log.read();
    log.try_append(Event::request_queued, {{"request", "{}"}, {"request_id", "req-00001"}}, {});
    log.try_append(Event::lease_claimed, {{"owner", "elsewhere"}, {"expires_at_utc", "2026-02-10T00:05:00Z"}},
                   testing::kToken);
    log.append_leased(Event::plan_locked, {{"resolved_train_plan_ref", "p"}, {"resolved_train_plan_sha256", "d"}},
                      testing::kToken);
    log.append_leased(Event::run_started, {}, testing::kToken);
  }

  [[nodiscard]] RunLog open() { return {*store_, clock_, place_}; }
  [[nodiscard]] RunLog open(store::ArtifactStore& other) { return {other, clock_, place_}; }
  [[nodiscard]] std::string key(std::int64_t sequence) const { return store::layout::ledger_event(place_, sequence); }
  [[nodiscard]] std::string bytes(std::int64_t sequence) const { return store_->find(key(sequence)).value(); }

  /// A copy of the log with the bytes of one event replaced; none: the event is missing.
  [[nodiscard]] std::unique_ptr<store::ArtifactStore> edited(std::int64_t sequence,
                                                             const std::optional<std::string>& instead) const {
    auto copy = store::open_memory();
    for (std::int64_t i = 1; i <= kEvents; ++i) {
      if (i != sequence) copy->put_if_absent(key(i), bytes(i));
      if (i == sequence && instead) copy->put_if_absent(key(i), *instead);
    }
    return copy;
  }

  void expect_damaged(std::int64_t sequence, const std::optional<std::string>& instead) {
    const auto copy = edited(sequence, instead);
    EXPECT_CODE(open(*copy).read(), Code::LEDGER_INVALID);
  }

  static constexpr std::int64_t kEvents = 4;

  testing::FixedClock clock_;
  std::unique_ptr<store::ArtifactStore> store_ = store::open_memory();
  store::layout::RunPlace place_{"platform_x", testing::kRunKey};
};

TEST_F(RunLogTest, IsReadTheSameByEveryProcess) {
  const RunState state = open().read();
  EXPECT_EQ(state.state, State::running);
  EXPECT_EQ(state.mode, Mode::full);
  EXPECT_EQ(state.sequence, kEvents);
  EXPECT_EQ(open().events().size(), 4U);
  EXPECT_EQ(open().events().at(2).event, "PLAN_LOCKED");
}

TEST_F(RunLogTest, SeesWhatAnotherProcessAppended) {
  RunLog first = open();
  RunLog second = open();
  first.read();
  second.append_leased(Event::model_trained, {}, testing::kToken);
  EXPECT_EQ(first.read().sequence, kEvents + 1);
}

TEST_F(RunLogTest, GivesAPlaceInTheLogToOneAppenderOnly) {
  RunLog first = open();
  RunLog second = open();
  first.read();
  second.read();
  EXPECT_TRUE(first.try_append(Event::request_aliased, {{"request_id", "req-00002"}}, {}));
  EXPECT_FALSE(second.try_append(Event::request_aliased, {{"request_id", "req-00003"}}, {}));
  EXPECT_EQ(second.read().request_ids, (std::vector<std::string>{"req-00001", "req-00002"}));
}

TEST_F(RunLogTest, AppendsOnlyWhileItIsStillWanted) {
  RunLog log = open();
  log.append_while(Event::request_aliased, {{"request_id", "req-00002"}}, [](const RunState&) { return false; });
  EXPECT_EQ(log.read().sequence, kEvents);
  log.append_while(Event::request_aliased, {{"request_id", "req-00002"}},
                   [](const RunState& state) { return state.request_ids.size() == 1; });
  EXPECT_EQ(log.read().request_ids.back(), "req-00002");
}

TEST_F(RunLogTest, RefusesWhatMayNotHappen) {
  EXPECT_CODE(open().append_leased(Event::bundle_published, {}, testing::kToken), Code::INTERNAL);
  RunLog log = open();
  log.read();
  EXPECT_CODE(log.try_append(Event::request_queued, {}, {}), Code::INTERNAL);
  EXPECT_EQ(open().read().sequence, kEvents) << "a refused event leaves nothing behind";
}

TEST_F(RunLogTest, RefusesATokenThatIsNotInForce) {
  EXPECT_CODE(open().append_leased(Event::model_trained, {}, testing::kOtherToken), Code::LEASE_LOST);
  EXPECT_CODE(open().append_leased(Event::model_trained, {}, ""), Code::LEASE_LOST);
  EXPECT_EQ(open().read().sequence, kEvents);
}

TEST_F(RunLogTest, RefusesAnEventCutAnywhere) {
  for (std::int64_t sequence = 1; sequence <= kEvents; ++sequence) {
    const std::string whole = bytes(sequence);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      SCOPED_TRACE(std::to_string(sequence) + " cut to " + std::to_string(size));
      expect_damaged(sequence, whole.substr(0, size));
    }
  }
}

TEST_F(RunLogTest, RefusesAnEventWithAnyByteChanged) {
  for (std::int64_t sequence = 1; sequence < kEvents; ++sequence) {
    const std::string whole = bytes(sequence);
    for (std::size_t at = 0; at < whole.size(); ++at) {
      SCOPED_TRACE(std::to_string(sequence) + " changed at " + std::to_string(at));
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 0x01);
      expect_damaged(sequence, changed);
    }
  }
}

TEST_F(RunLogTest, RefusesAnEventSpelledOtherwiseThanItIsWritten) {
  const std::string whole = bytes(kEvents);
  expect_damaged(kEvents, " " + whole);
  expect_damaged(kEvents, whole + "\n");
}

TEST_F(RunLogTest, RefusesAnEventThatIsMissingFromTheMiddle) {
  for (std::int64_t sequence = 1; sequence < kEvents; ++sequence) {
    SCOPED_TRACE(sequence);
    expect_damaged(sequence, {});
  }
}

TEST_F(RunLogTest, TakesAMissingTailForOneThatNeverWas) {
  const auto copy = edited(kEvents, {});
  EXPECT_EQ(open(*copy).read().sequence, kEvents - 1);
}

TEST_F(RunLogTest, RefusesAnEventInAnothersPlace) {
  expect_damaged(2, bytes(3));
  expect_damaged(3, bytes(2));
}

TEST_F(RunLogTest, RefusesTheLogOfAnotherRun) {
  const store::layout::RunPlace other{"platform_x", "tr_" + std::string(32, '0')};
  auto copy = store::open_memory();
  copy->put_if_absent(store::layout::ledger_event(other, 1), bytes(1));
  RunLog log(*copy, clock_, other);
  EXPECT_CODE(log.read(), Code::LEDGER_INVALID);
}

// The seal.

/// The same run, canceled and given back: events 5 and 6, of which 5 is the end.
class SealedLogTest : public RunLogTest {
 protected:
  SealedLogTest() {
    RunLog log = open();
    log.read();
    log.append_leased(Event::run_failed, {{"code", "RUN_CANCELED"}, {"terminal_class", "CANCELED"}}, testing::kToken);
    log.append_leased(Event::lease_released, {}, testing::kToken);
    log.seal();
  }

  /// A copy of what there is, without `left_out`, and with `instead` for the seal if it is given.
  [[nodiscard]] std::unique_ptr<store::ArtifactStore> copy_without(const std::set<std::string>& left_out,
                                                                   const std::string& instead = {}) const {
    auto copy = store::open_memory();
    for (const auto& key : store_->list(store::layout::ledger(place_)))
      if (!left_out.contains(key)) copy->put_if_absent(key, key == seal_ && !instead.empty() ? instead : bytes_of(key));
    return copy;
  }
  [[nodiscard]] std::string bytes_of(const std::string& key) const { return store_->find(key).value(); }

  std::string seal_ = store::layout::ledger_seal(place_);
};

TEST_F(SealedLogTest, NamesTheEventThatEndedTheRun) {
  const auto seal = contracts::read_json<contracts::LedgerSeal>(bytes_of(seal_), seal_);
  EXPECT_EQ(seal.run_key, testing::kRunKey);
  EXPECT_EQ(seal.state, "FAIL");
  EXPECT_EQ(seal.terminal_class, "CANCELED");
  EXPECT_EQ(seal.events, kEvents + 1);
  EXPECT_EQ(seal.last_event_sha256, identity::sha256_hex(bytes(kEvents + 1)));
  EXPECT_EQ(open().read().sequence, kEvents + 2);
}

TEST_F(SealedLogTest, ShowsACutTail) {
  EXPECT_CODE(open(*copy_without({key(5), key(6)})).read(), Code::LEDGER_INVALID);
  EXPECT_CODE(open(*copy_without({key(1), key(2), key(3), key(4), key(5), key(6)})).read(), Code::LEDGER_INVALID);
  EXPECT_EQ(open(*copy_without({key(6)})).read().state, State::fail) << "what comes after the end is not sealed";
}

TEST_F(SealedLogTest, MustBeTheSealOfThisLog) {
  auto seal = contracts::read_json<contracts::LedgerSeal>(bytes_of(seal_), seal_);
  seal.events = kEvents;
  EXPECT_CODE(open(*copy_without({}, contracts::write(seal))).read(), Code::LEDGER_INVALID);
  const std::string cut = bytes_of(seal_).substr(0, 40);
  EXPECT_CODE(open(*copy_without({}, cut)).read(), Code::LEDGER_INVALID);
  EXPECT_EQ(open(*copy_without({seal_})).read().state, State::fail) << "not sealed yet";
}

TEST_F(SealedLogTest, IsSealedLaterWhenAKillCameBetween) {
  const auto copy = copy_without({seal_});
  open(*copy).seal();
  EXPECT_EQ(copy->find(seal_), bytes_of(seal_));
  open(*copy).seal();
}

TEST_F(SealedLogTest, IsNotSealedOverAnotherEnd) {
  auto seal = contracts::read_json<contracts::LedgerSeal>(bytes_of(seal_), seal_);
  seal.terminal_class = "FAILED_GATES";
  const auto copy = copy_without({seal_});
  RunLog log = open(*copy);
  log.read();
  copy->put_if_absent(seal_, contracts::write(seal));
  EXPECT_CODE(log.seal(), Code::LEDGER_INVALID);
}

TEST_F(RunLogTest, IsSealedOnlyAtItsEnd) {
  open().seal();
  EXPECT_FALSE(store_->find(store::layout::ledger_seal(place_)));
}

TEST_F(RunLogTest, RefusesToGoOnAfterACancellation) {
  RunLog log = open();
  RunLog other = open();
  other.append_while(Event::cancel_requested, {{"principal", "HUMAN::ana"}, {"reason", "wrong labels"}},
                     [](const RunState& state) { return !state.cancellation; });
  EXPECT_CODE(log.append_leased(Event::model_trained, {}, testing::kToken), Code::RUN_CANCELED);
  EXPECT_CODE(log.require_wanted(), Code::RUN_CANCELED);
  EXPECT_EQ(log.append_leased(Event::run_failed, {{"terminal_class", "CANCELED"}}, testing::kToken).state, State::fail);
}

}  // namespace
}  // namespace mf::ledger
