#include "mf/ledger/run_state.hpp"

#include <gtest/gtest.h>

#include "ledger/event_chain.hpp"
#include "support/failures.hpp"

namespace mf::ledger {
namespace {

using mf::testing::EventChain;

TEST(Advance, WalksTheWholeCorridor) {
  EventChain chain;
  chain.queued().claimed();
  chain.then(Event::plan_locked, {{"resolved_train_plan_ref", "p.json"}, {"resolved_train_plan_sha256", "d1"}});
  chain.then(Event::run_started).then(Event::stage_started, {{"stage", "TRAIN"}});
  chain.then(Event::model_trained, {{"model_ref", "m.ubj"}, {"model_sha256", "d2"}});
  chain.then(Event::eval_ready).then(Event::gate_pass, {{"gate_decision", "PASS"}});
  chain.then(Event::bundle_packaged, {{"bundle_id", "b"}, {"bundle_version", "v0-1"}});
  chain.then(Event::bundle_published).then(Event::lease_released);
  const RunState& state = chain.state();
  EXPECT_EQ(state.state, State::published);
  EXPECT_EQ(state.mode, Mode::none);
  EXPECT_EQ(state.sequence, 11);
  EXPECT_TRUE(state.is_over());
  EXPECT_FALSE(state.lease);
  EXPECT_EQ(state.find("model")->ref, "m.ubj");
  EXPECT_EQ(state.find("resolved_train_plan")->sha256, "d1");
  EXPECT_EQ(state.find("nothing"), nullptr);
  EXPECT_EQ(state.facts.at("bundle_id"), "b");
  EXPECT_EQ(state.attempts.at("TRAIN"), 1);
}

TEST(Advance, RemembersEveryRequestAndWhetherAnyAllowsPublishing) {
  EventChain chain;
  chain.queued();
  EXPECT_FALSE(chain.state().publish_allowed);
  chain.then(Event::request_aliased,
             {{"request_id", "req-00002"}, {"request_payload_hash", "h2"}, {"publish_allowed", "true"}});
  chain.then(Event::request_aliased,
             {{"request_id", "req-00003"}, {"request_payload_hash", "h3"}, {"publish_allowed", "false"}});
  EXPECT_TRUE(chain.state().publish_allowed);
  EXPECT_EQ(chain.state().request_ids, (std::vector<std::string>{"req-00001", "req-00002", "req-00003"}));
  EXPECT_EQ(chain.state().payload_hashes, (std::vector<std::string>{"h1", "h2", "h3"}));
}

TEST(Advance, KeepsAFailureUntilALaterStepSucceeds) {
  EventChain chain;
  chain.queued().claimed().then(Event::plan_locked).then(Event::run_started);
  chain.then(Event::stage_failed, {{"stage", "TRAIN"}, {"code", "STORE_FULL"}, {"context_key", "a/b"}});
  ASSERT_TRUE(chain.state().failure);
  EXPECT_EQ(chain.state().failure->code, "STORE_FULL");
  EXPECT_EQ(chain.state().failure->context, (Detail{{"key", "a/b"}}));
  EXPECT_EQ(chain.state().state, State::running) << "a failed stage is no failed run";
  chain.then(Event::stage_started, {{"stage", "TRAIN"}});
  EXPECT_TRUE(chain.state().failure) << "starting again is no success";
  chain.then(Event::model_trained);
  EXPECT_FALSE(chain.state().failure);
}

TEST(Advance, KnowsSinceWhenARunIsWhereItIs) {
  EventChain chain;
  chain.queued();
  auto later = chain.next(Event::lease_claimed, {{"owner", "host/1/1"}, {"expires_at_utc", "2026-02-10T00:05:00Z"}});
  later.at_utc = "2026-02-10T00:01:00Z";
  chain.then(later);
  EXPECT_EQ(chain.state().since_utc, "2026-02-10T00:00:00Z") << "a claim moves nothing";
  auto started = chain.next(Event::run_started);
  started.at_utc = "2026-02-10T00:02:00Z";
  chain.then(started);
  EXPECT_EQ(chain.state().since_utc, "2026-02-10T00:02:00Z");
}

TEST(Advance, RemembersHowARunEnded) {
  EventChain chain;
  chain.queued().claimed().then(Event::plan_locked);
  EXPECT_FALSE(chain.state().end);
  chain.then(Event::run_failed, {{"code", "DATA_INVALID"}, {"terminal_class", "REJECTED_INPUTS"}});
  const std::string sha256 = chain.state().last_sha256;
  chain.then(Event::lease_released);
  ASSERT_TRUE(chain.state().end);
  EXPECT_EQ(chain.state().end->terminal_class, TerminalClass::rejected_inputs);
  EXPECT_EQ(chain.state().end->sequence, 4);
  EXPECT_EQ(chain.state().end->sha256, sha256);
}

TEST(Advance, RefusesAnEndWithoutItsClass) {
  for (const char* end : {"", "FAILED", "published", "PUBLISHED"}) {
    EventChain chain;
    chain.queued().claimed().then(Event::plan_locked);
    EXPECT_CODE(chain.then(Event::run_failed, {{"terminal_class", end}}), Code::LEDGER_INVALID);
  }
}

TEST(Advance, RemembersTheFirstCancellation) {
  EventChain chain;
  chain.queued().claimed();
  EXPECT_FALSE(chain.state().must_end());
  chain.then(Event::cancel_requested, {{"principal", "HUMAN::ana"}, {"reason", "wrong labels"}});
  chain.then(Event::cancel_requested, {{"principal", "HUMAN::bo"}, {"reason", "me too"}});
  EXPECT_TRUE(chain.state().must_end());
  EXPECT_EQ(chain.state().cancellation->principal, "HUMAN::ana");
  EXPECT_EQ(chain.state().cancellation->reason, "wrong labels");
  EXPECT_EQ(canceled(chain.state(), testing::kRunKey).code(), Code::RUN_CANCELED);
}

TEST(Advance, RefusesToGoOnWithARunThatIsToBeCanceled) {
  for (const Event event : {Event::stage_started, Event::run_started}) {
    EventChain chain;
    chain.queued().claimed().then(Event::plan_locked).then(Event::cancel_requested);
    EXPECT_CODE(chain.then(event, {{"stage", "TRAIN"}}), Code::LEDGER_INVALID);
    chain.then(Event::stage_failed, {{"stage", "TRAIN"}})
        .then(Event::lease_renewed, {{"owner", "host/1/1"}, {"expires_at_utc", "2026-02-10T00:05:00Z"}});
    chain.then(Event::run_failed, {{"code", "RUN_CANCELED"}, {"terminal_class", "CANCELED"}});
    EXPECT_EQ(chain.state().end->terminal_class, TerminalClass::canceled);
  }
}

TEST(Advance, LetsAPublicationThatMayBeOutComeToItsEnd) {
  EventChain chain;
  chain.queued().claimed().then(Event::plan_locked).then(Event::run_started).then(Event::eval_ready);
  chain.then(Event::gate_pass).then(Event::bundle_packaged, {{"bundle_id", "b"}, {"bundle_version", "v0-1"}});
  EXPECT_TRUE(chain.state().may_be_out());
  chain.then(Event::cancel_requested);
  EXPECT_FALSE(chain.state().must_end());
  chain.then(Event::publish_pending, {{"stage", "publish"}, {"code", "REGISTRY_UNAVAILABLE"}});
  chain.then(Event::publish_retry_requested).then(Event::run_started).then(Event::bundle_published);
  EXPECT_EQ(chain.state().end->terminal_class, TerminalClass::published);
  EXPECT_FALSE(chain.state().may_be_out());
}

TEST(Advance, VouchesOnlyForRefsWithADigest) {
  EventChain chain;
  chain.queued().claimed().then(Event::plan_locked, {{"resolved_train_plan_ref", "p.json"}});
  EXPECT_EQ(chain.state().find("resolved_train_plan"), nullptr);
}

/// What `spoil` does to the next event after a claim.
template <class Spoil>
void expect_refused(Spoil spoil) {
  EventChain chain;
  chain.queued().claimed();
  auto event = chain.next(Event::plan_locked);
  spoil(event);
  EXPECT_CODE(chain.then(event), Code::LEDGER_INVALID);
}

TEST(Advance, RefusesEventsOutOfOrder) {
  expect_refused([](auto& event) { event.sequence = 2; });
  expect_refused([](auto& event) { event.sequence = 4; });
}

TEST(Advance, RefusesABrokenChain) {
  expect_refused([](auto& event) { event.previous_sha256 = std::string(64, '0'); });
  expect_refused([](auto& event) { event.previous_sha256.reset(); });
}

TEST(Advance, RefusesEventsOfAStaleOrMissingLease) {
  expect_refused([](auto& event) { event.lease_token = testing::kOtherToken; });
  expect_refused([](auto& event) { event.lease_token.reset(); });
}

TEST(Advance, RefusesUnknownEvents) {
  expect_refused([](auto& event) { event.event = "PLAN_UNLOCKED"; });
  expect_refused([](auto& event) { event.event = "plan_locked"; });
}

TEST(Advance, RefusesWhatMayNotHappenInThisState) {
  expect_refused([](auto& event) { event.event = "EVAL_READY"; });
  expect_refused([](auto& event) { event.event = "BUNDLE_PUBLISHED"; });
  expect_refused([](auto& event) { event.event = "REQUEST_QUEUED"; });
}

TEST(Advance, RefusesAClaimWithoutAnEnd) {
  EventChain chain;
  chain.queued();
  EXPECT_CODE(chain.then(Event::lease_claimed, {{"owner", "x"}}), Code::LEDGER_INVALID);
  EXPECT_CODE(chain.then(Event::lease_claimed, {{"owner", "x"}, {"expires_at_utc", "soon"}}), Code::LEDGER_INVALID);
}

TEST(Advance, RefusesAFirstEventThatFollowsAnother) {
  EventChain chain;
  auto event = chain.next(Event::request_queued);
  event.previous_sha256 = std::string(64, '0');
  EXPECT_CODE(chain.then(event), Code::LEDGER_INVALID);
}

TEST(Advance, LetsALaterClaimDisplaceAnEarlierOne) {
  EventChain chain;
  chain.queued().claimed();
  auto takeover = chain.next(Event::lease_claimed, {{"owner", "y"}, {"expires_at_utc", "2026-02-10T01:00:00Z"}});
  takeover.lease_token = testing::kOtherToken;
  chain.then(takeover);
  EXPECT_EQ(chain.state().lease->token, testing::kOtherToken);
  EXPECT_CODE(chain.then(Event::plan_locked), Code::LEDGER_INVALID);
}

}  // namespace
}  // namespace mf::ledger
