#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "ledger/process.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"
#include "support/requests.hpp"
#include "support/temporary_folder.hpp"

namespace mf::ledger {
namespace {

constexpr std::int64_t kLeaseSeconds = kLeaseMicroseconds / kMicrosecondsPerSecond;

/// A queued run in a folder, so that other processes see it too.
class ClaimTest : public ::testing::Test {
 protected:
  ClaimTest() : place_(submit(*store_, clock_, testing::a_request()).place) {}

  [[nodiscard]] RunLog open() { return {*store_, clock_, place_}; }

  /// Claims the run in a child process that ends without giving the claim back.
  void claim_and_die() {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      RunLog log = open();
      const Claim claim(log);
      _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }

  testing::TemporaryFolder folder_;
  testing::FixedClock clock_;
  std::unique_ptr<store::ArtifactStore> store_ = store::open_filesystem(folder_.path());
  store::layout::RunPlace place_;
};

TEST_F(ClaimTest, IsHeldUntilItIsGivenBack) {
  RunLog log = open();
  {
    const Claim claim(log);
    RunLog other = open();
    EXPECT_CODE(Claim{other}, Code::LEASE_HELD);
  }
  EXPECT_FALSE(log.read().lease);
  RunLog other = open();
  EXPECT_NO_THROW(Claim{other});
}

TEST_F(ClaimTest, NamesTheProcessThatHoldsTheRun) {
  RunLog log = open();
  const Claim claim(log);
  ASSERT_TRUE(log.read().lease);
  EXPECT_EQ(log.read().lease->owner, this_process());
  EXPECT_EQ(log.read().lease->expires.microseconds, clock_.now().microseconds + kLeaseMicroseconds);
}

TEST_F(ClaimTest, StandsUntilItsLastMoment) {
  RunLog log = open();
  const Claim claim(log);
  clock_.advance_seconds(kLeaseSeconds - 1);
  RunLog other = open();
  EXPECT_CODE(Claim{other}, Code::LEASE_HELD);
}

TEST_F(ClaimTest, IsTakenOverAfterItsEnd) {
  RunLog log = open();
  Claim late(log);
  clock_.advance_seconds(kLeaseSeconds);
  RunLog other = open();
  Claim next(other);
  EXPECT_EQ(other.events().back().detail.at("takeover_of"), this_process());
  EXPECT_CODE(late.require_held(), Code::LEASE_LOST);
  EXPECT_CODE(late.append(Event::plan_locked), Code::LEASE_LOST);
  EXPECT_NO_THROW(next.require_held());
  EXPECT_EQ(next.append(Event::plan_locked).state, State::queued);
}

TEST_F(ClaimTest, ThatWasTakenOverDoesNotReleaseItsSuccessor) {
  RunLog log = open();
  std::optional<Claim> late(std::in_place, log);
  clock_.advance_seconds(kLeaseSeconds);
  RunLog other = open();
  const Claim next(other);
  late.reset();
  EXPECT_TRUE(other.read().lease);
  EXPECT_EQ(other.events().back().event, "LEASE_CLAIMED");
}

TEST_F(ClaimTest, OfAProcessThatIsGoneIsTakenOverAtOnce) {
  claim_and_die();
  RunLog log = open();
  ASSERT_TRUE(log.read().lease) << "the dead process gave nothing back";
  Claim claim(log);
  EXPECT_TRUE(log.events().back().detail.contains("takeover_of"));
  EXPECT_EQ(claim.append(Event::plan_locked).state, State::queued);
}

TEST_F(ClaimTest, OfAnotherHostIsRespectedUntilItsEnd) {
  RunLog log = open();
  log.read();
  log.try_append(Event::lease_claimed,
                 {{"owner", "another-boot/pid:[1]/1/1"}, {"expires_at_utc", "2026-02-10T00:05:00Z"}},
                 std::string(32, 'a'));
  EXPECT_CODE(Claim{log}, Code::LEASE_HELD);
  clock_.advance_seconds(kLeaseSeconds);
  EXPECT_NO_THROW(Claim{log});
}

TEST_F(ClaimTest, IsHeldPastItsEndUntilSomebodyTakesItOver) {
  RunLog log = open();
  Claim claim(log);
  clock_.advance_seconds(kLeaseSeconds);
  EXPECT_NO_THROW(claim.require_held());
}

TEST_F(ClaimTest, AppendsUnderItsToken) {
  RunLog log = open();
  Claim claim(log);
  claim.append(Event::plan_locked);
  claim.append(Event::run_started);
  EXPECT_EQ(claim.read().state, State::running);
  EXPECT_EQ(log.events().back().lease_token, log.events().at(1).lease_token);
  EXPECT_CODE(claim.append(Event::bundle_published), Code::INTERNAL);
}

TEST_F(ClaimTest, OfARunThatDoesNotExistIsRefused) {
  RunLog log(*store_, clock_, {"platform_x", "tr_" + std::string(32, '0')});
  EXPECT_CODE(Claim{log}, Code::INTERNAL);
}

TEST(IsGone, KnowsThisProcessLives) { EXPECT_FALSE(is_gone(this_process())); }

TEST(IsGone, CannotTellOfStrangers) {
  for (const char* owner : {"", "/", "a", "a/b", "a/b/c", "boot/pid:[1]/1/1"}) EXPECT_FALSE(is_gone(owner)) << owner;
}

TEST(IsGone, TellsAProcessFromALaterOneWithItsNumber) {
  const std::string self = this_process();
  EXPECT_TRUE(is_gone(self.substr(0, self.rfind('/')) + "/1"));
}

TEST(FreshToken, IsNeverTheSameTwice) {
  EXPECT_NE(fresh_token(), fresh_token());
  EXPECT_EQ(fresh_token().size(), 32U);
  EXPECT_EQ(fresh_token().find_first_not_of("0123456789abcdef"), std::string::npos);
}

// What goes on in the background.

using std::chrono::milliseconds;

/// Waits until `holds`; a test that waits in vain fails.
template <class Holds>
void wait_until(Holds holds) {
  for (int i = 0; i < 5000 && !holds(); ++i) std::this_thread::sleep_for(milliseconds(2));
  EXPECT_TRUE(holds());
}

std::int64_t renewals_in(RunLog log) {
  const auto events = log.events();
  return std::count_if(events.begin(), events.end(), [](const auto& event) { return event.event == "LEASE_RENEWED"; });
}

TEST_F(ClaimTest, IsRenewedAsLongAsItIsHeld) {
  RunLog log = open();
  const Claim claim(log, {.rhythm = {milliseconds(2), milliseconds(1)}});
  wait_until([&] { return renewals_in(open()) > 2; });
}

TEST_F(ClaimTest, IsNotRenewedOnceAnotherHasIt) {
  RunLog log = open();
  const Claim claim(log, {.rhythm = {milliseconds(2), milliseconds(1)}});
  RunLog other = open();
  other.read();
  while (!other.try_append(Event::lease_claimed, {{"owner", "elsewhere"}, {"expires_at_utc", "2099-01-01T00:00:00Z"}},
                           std::string(32, 'b'))) {
  }
  const auto renewed = renewals_in(open());
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(renewals_in(open()), renewed);
}

TEST_F(ClaimTest, NoticesACancellation) {
  RunLog log = open();
  Claim claim(log, {.rhythm = {std::chrono::minutes(2), milliseconds(1)}});
  claim.require_wanted();
  open().append_while(Event::cancel_requested, {{"principal", "HUMAN::ana"}, {"reason", "wrong labels"}},
                      [](const RunState& state) { return !state.cancellation; });
  wait_until([&] { return testing::code_of([&] { claim.require_wanted(); }) == Code::RUN_CANCELED; });
  EXPECT_CODE(claim.append(Event::stage_started, {{"stage", "RESOLVE"}}), Code::RUN_CANCELED);
}

/// A store that does not answer for a while.
class StoreWithOutages : public store::ArtifactStore {
 public:
  explicit StoreWithOutages(store::ArtifactStore& behind) : behind_(behind) {}

  std::atomic<bool> away = false;
  mutable std::atomic<int> refused = 0;

  Put put_if_absent(const std::string& key, std::string_view bytes) override {
    answer();
    return behind_.put_if_absent(key, bytes);
  }
  [[nodiscard]] std::optional<std::string> find(const std::string& key, std::size_t limit) const override {
    answer();
    return behind_.find(key, limit);
  }
  [[nodiscard]] std::unique_ptr<store::Source> open(const std::string& key) const override { return behind_.open(key); }
  [[nodiscard]] std::optional<std::uint64_t> size_of(const std::string& key) const override {
    return behind_.size_of(key);
  }
  [[nodiscard]] std::vector<std::string> list(const std::string& prefix) const override { return behind_.list(prefix); }
  [[nodiscard]] std::string describe() const override { return behind_.describe(); }

 private:
  void answer() const {
    if (!away) return;
    ++refused;
    throw Error(Code::STORE_UNAVAILABLE, "the store is away");
  }

  store::ArtifactStore& behind_;
};

TEST_F(ClaimTest, SurvivesAStoreThatIsAwayForAWhile) {
  StoreWithOutages store(*store_);
  RunLog log(store, clock_, place_);
  const Claim claim(log, {.rhythm = {milliseconds(2), milliseconds(1)}});
  store.away = true;
  wait_until([&] { return store.refused > 2; });
  store.away = false;
  const auto renewed = renewals_in(open());
  wait_until([&] { return renewals_in(open()) > renewed; });
}

TEST_F(ClaimTest, IsNotInTheWayOfItsOwnProcessWhenItCouldNotBeGivenBack) {
  StoreWithOutages store(*store_);
  RunLog log(store, clock_, place_);
  {
    const Claim claim(log);
    RunLog meanwhile = open();
    EXPECT_CODE(const Claim second(meanwhile), Code::LEASE_HELD);
    store.away = true;
  }
  ASSERT_TRUE(open().read().lease) << "it was given back after all";
  RunLog later = open();
  Claim claim(later);
  claim.require_held();
}

}  // namespace
}  // namespace mf::ledger
