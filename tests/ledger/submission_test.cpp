#include "mf/ledger/submission.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "mf/ledger/run_log.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"
#include "support/requests.hpp"

namespace mf::ledger {
namespace {

using mf::testing::a_request;
using mf::testing::a_request_document;
using nlohmann::json;

class SubmitTest : public ::testing::Test {
 protected:
  Submitted submit(const contracts::TrainBuildRequest& request) { return ledger::submit(*store_, clock_, request); }

  /// The golden request with some fields changed.
  Submitted submit_with(const json& changes) {
    json document = a_request_document();
    document.merge_patch(changes);
    return submit(testing::read(document));
  }

  int count(const Submitted& submitted, const std::string& event) {
    RunLog log(*store_, clock_, submitted.place);
    int found = 0;
    for (const auto& one : log.events()) found += one.event == event ? 1 : 0;
    return found;
  }

  testing::FixedClock clock_;
  std::unique_ptr<store::ArtifactStore> store_ = store::open_memory();
};

TEST_F(SubmitTest, QueuesAFreshRequest) {
  const auto submitted = submit(a_request());
  EXPECT_EQ(submitted.outcome, Submission::fresh);
  EXPECT_EQ(submitted.state.state, State::queued);
  EXPECT_EQ(submitted.place.run_key, "tr_16a2ad9c3ad29e2e989ece1cb3c61936");
  EXPECT_EQ(submitted.place.platform_run_id, "platform_20260210T091951Z");
  EXPECT_TRUE(submitted.state.publish_allowed);
  EXPECT_EQ(contracts::identity_of(contracts::read_recorded_request(submitted.state.request)).run_id,
            submitted.place.run_key);
}

TEST_F(SubmitTest, ChangesNothingWhenARequestIsRepeated) {
  const auto first = submit(a_request());
  clock_.advance_seconds(60);
  const auto again = submit(a_request());
  EXPECT_EQ(again.outcome, Submission::repeat);
  EXPECT_EQ(again.state.sequence, first.state.sequence);
}

TEST_F(SubmitTest, JoinsRequestsThatMeanTheSame) {
  const auto first = submit(a_request());
  json reordered = a_request_document();
  std::swap(reordered["dataset_manifest_refs"][0], reordered["dataset_manifest_refs"][1]);
  reordered["request_id"] = "req-reordered";
  const std::vector<Submitted> joined = {
      submit_with({{"request_id", "req-other-id"}}),
      submit_with({{"request_id", "req-other-who"}, {"requester_principal", "HUMAN::x"}}),
      submit_with({{"request_id", "req-no-publish"}, {"publish_allowed", false}}), submit(testing::read(reordered))};
  for (const auto& one : joined) {
    EXPECT_EQ(one.outcome, Submission::alias);
    EXPECT_EQ(one.place.run_key, first.place.run_key);
  }
  EXPECT_EQ(count(first, "REQUEST_QUEUED"), 1);
  EXPECT_EQ(count(first, "REQUEST_ALIASED"), 4);
}

TEST_F(SubmitTest, JoinsTheSameRequestIdWithAnotherSpelling) {
  submit(a_request());
  EXPECT_EQ(submit_with({{"requester_principal", "HUMAN::x"}}).outcome, Submission::alias);
  EXPECT_EQ(submit_with({{"requester_principal", "HUMAN::x"}}).outcome, Submission::repeat);
}

TEST_F(SubmitTest, RecordsAnAliasOnce) {
  submit(a_request());
  submit_with({{"request_id", "req-other-id"}});
  const auto again = submit_with({{"request_id", "req-other-id"}});
  EXPECT_EQ(again.outcome, Submission::repeat);
  EXPECT_EQ(count(again, "REQUEST_ALIASED"), 1);
}

TEST_F(SubmitTest, LetsALaterRequestAllowPublishing) {
  EXPECT_FALSE(submit_with({{"publish_allowed", false}}).state.publish_allowed);
  const auto raised = submit_with({{"publish_allowed", true}});
  EXPECT_EQ(raised.outcome, Submission::alias);
  EXPECT_TRUE(raised.state.publish_allowed);
  EXPECT_TRUE(submit_with({{"request_id", "req-lowered"}, {"publish_allowed", false}}).state.publish_allowed);
}

TEST_F(SubmitTest, RefusesARequestIdThatStandsForAnotherRun) {
  const auto first = submit(a_request());
  EXPECT_CODE(submit_with({{"policy_revision", "mf-policy-v1"}}), Code::REQUEST_ID_PAYLOAD_MISMATCH);
  EXPECT_EQ(submit(a_request()).state.sequence, first.state.sequence) << "the refused request left no trace";
}

TEST_F(SubmitTest, RefusesAnAliasIdThatIsUsedAgainWithAnotherMeaning) {
  submit(a_request());
  submit_with({{"request_id", "req-alias-01"}});
  EXPECT_CODE(submit_with({{"request_id", "req-alias-01"}, {"config_revision", "other"}}),
              Code::REQUEST_ID_PAYLOAD_MISMATCH);
}

TEST_F(SubmitTest, QueuesARunOnceWhenManySubmitAtOnce) {
  constexpr int kThreads = 8;
  std::vector<std::thread> threads;
  std::atomic<int> waiting{kThreads};
  std::vector<std::string> runs(kThreads);
  for (std::size_t i = 0; i < kThreads; ++i)
    threads.emplace_back([&, i] {
      json document = a_request_document();
      if (i % 2 == 1) document["request_id"] = "req-racer-" + std::to_string(i);
      const auto request = testing::read(document);
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      runs[i] = submit(request).place.run_key;
    });
  for (auto& thread : threads) thread.join();
  const auto settled = submit(a_request());
  for (const auto& run : runs) EXPECT_EQ(run, settled.place.run_key);
  EXPECT_EQ(count(settled, "REQUEST_QUEUED"), 1);
  EXPECT_EQ(settled.state.request_ids.size(), 5U) << "one common id and four of their own";
}

TEST_F(SubmitTest, FinishesWhatACrashLeftHalfDone) {
  // The alias of the request id was written, then the process died.
  submit(a_request());
  auto copy = store::open_memory();
  const std::string alias = store::layout::request_alias(a_request().request_id);
  copy->put_if_absent(alias, store_->find(alias).value());
  const auto submitted = ledger::submit(*copy, clock_, a_request());
  EXPECT_EQ(submitted.outcome, Submission::fresh);
  EXPECT_EQ(submitted.state.state, State::queued);
}

TEST_F(SubmitTest, MakesARunThatItsIdAloneFinds) {
  EXPECT_FALSE(find_run(*store_, "tr_16a2ad9c3ad29e2e989ece1cb3c61936"));
  const auto submitted = submit(a_request());
  const auto place = find_run(*store_, submitted.place.run_key);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->platform_run_id, submitted.place.platform_run_id);
  for (const char* id : {"", "..", "../x", "a/b", "tr_none"}) EXPECT_FALSE(find_run(*store_, id)) << id;
}

TEST_F(SubmitTest, RefusesAnAnchorThatNamesAnotherRun) {
  const auto submitted = submit(a_request());
  auto copy = store::open_memory();
  const std::string other = "tr_" + std::string(32, '0');
  copy->put_if_absent(store::layout::run_anchor(other),
                      store_->find(store::layout::run_anchor(submitted.place.run_key)).value());
  EXPECT_CODE(find_run(*copy, other), Code::LEDGER_INVALID);
}

}  // namespace
}  // namespace mf::ledger
