#include "mf/ledger/holder.hpp"

#include <gtest/gtest.h>

#include "ledger/event_chain.hpp"
#include "ledger/process.hpp"

namespace mf::ledger {
namespace {

const std::string kElsewhere = "0123456789-boot/pid:[1]/4711/22";

/// Claimed at one instant, and the lease standing until 00:05.
RunState claimed_by(const std::string& owner) {
  testing::EventChain chain;
  chain.queued();
  auto claim = chain.next(Event::lease_claimed, {{"owner", owner}, {"expires_at_utc", "2026-02-10T00:05:00Z"}});
  claim.at_utc = "2026-02-10T00:00:07Z";
  return chain.then(claim).state();
}

std::optional<Holder> holder(const std::string& owner, const std::string& now = "2026-02-10T00:01:00Z") {
  return holder_of(claimed_by(owner), parse_utc(now).value());
}

TEST(Holder, IsNobodyWithoutALease) {
  testing::EventChain chain;
  EXPECT_FALSE(holder_of(chain.queued().state(), {}));
}

TEST(Holder, IsAProcessOfThisHostOrOfAnother) {
  EXPECT_EQ(in_words(holder(this_process()).value()),
            "process " + parse_process(this_process())->pid + " of this host");
  EXPECT_EQ(in_words(holder(kElsewhere).value()), "process 4711 of another host or container (boot 01234567)");
  EXPECT_EQ(in_words(holder("somebody").value()), "an unknown process");
}

TEST(Holder, HoldsSinceItClaimedAndUntilItsLeaseEnds) {
  const auto found = holder(kElsewhere).value();
  EXPECT_EQ(found.since_utc, "2026-02-10T00:00:07Z");
  EXPECT_EQ(to_string(found.until), "2026-02-10T00:05:00Z");
  EXPECT_FALSE(found.expired);
  EXPECT_TRUE(holder(kElsewhere, "2026-02-10T00:05:00Z")->expired);
}

TEST(Holder, HoldsSinceItClaimedHoweverOftenItRenewed) {
  testing::EventChain chain;
  chain.queued().claimed();
  auto renewal = chain.next(Event::lease_renewed, {{"owner", kElsewhere}, {"expires_at_utc", "2026-02-10T00:09:00Z"}});
  renewal.at_utc = "2026-02-10T00:04:00Z";
  EXPECT_EQ(holder_of(chain.then(renewal).state(), {})->since_utc, "2026-02-10T00:00:00Z");
}

TEST(Holder, IsGoneOnlyWhereThatCanBeKnown) {
  auto gone = parse_process(this_process()).value();
  gone.start_time += "0";
  EXPECT_TRUE(holder(gone.boot_id + "/" + gone.pid_namespace + "/" + gone.pid + "/" + gone.start_time)->gone);
  EXPECT_FALSE(holder(this_process())->gone);
  EXPECT_FALSE(holder(kElsewhere)->gone);
}

}  // namespace
}  // namespace mf::ledger
