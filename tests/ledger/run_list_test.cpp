#include "mf/ledger/run_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "ledger/editable_store.hpp"
#include "mf/ledger/run_log.hpp"
#include "mf/ledger/submission.hpp"
#include "support/failing_store.hpp"
#include "support/failures.hpp"
#include "support/fixed_clock.hpp"
#include "support/requests.hpp"
#include "support/temporary_folder.hpp"

namespace mf::ledger {
namespace {

using store::layout::RunPlace;
using ::testing::ElementsAre;

/// A store of runs, and a cache beside it.
class RunListTest : public ::testing::Test {
 protected:
  RunPlace submit(int number, const std::string& request_id) { return submit_to(store_, number, request_id); }

  RunPlace submit_to(store::ArtifactStore& store, int number, const std::string& request_id) {
    auto document = testing::a_request_document();
    document["request_id"] = request_id;
    document["config_revision"] = "c" + std::to_string(number);
    clock_.advance_seconds(1);
    return ledger::submit(store, clock_, testing::read(document)).place;
  }
  RunPlace submit(int number) { return submit(number, "request-000" + std::to_string(number)); }

  void fail_an_attempt(const RunPlace& place) {
    clock_.advance_seconds(1);
    RunLog log(store_, clock_, place);
    Claim(log).append(Event::stage_failed, {{"stage", "train"}, {"code", "STORE_FULL"}});
  }

  std::vector<RunSummary> read() { return list_runs(store_, clock_, nullptr); }
  std::vector<RunSummary> with_cache() { return list_runs(store_, clock_, &cache_); }

  [[nodiscard]] std::string index_file() const { return folder_.path(runs_index_name(store_.place())); }
  [[nodiscard]] std::string index() const { return folder_.read(runs_index_name(store_.place())); }
  void write_index(const std::string& bytes) const { folder_.write(runs_index_name(store_.place()), bytes); }

  /// How many documents a listing reads.
  int finds_of_a_listing() {
    const int before = store_.finds();
    with_cache();
    return store_.finds() - before;
  }

  std::string event(const RunPlace& place, std::int64_t sequence) {
    return store::layout::ledger_event(place, sequence);
  }
  std::string last_event(const RunPlace& place) { return store_.list(store::layout::ledger_events(place)).back(); }

  testing::FixedClock clock_;
  testing::EditableStore store_;
  testing::TemporaryFolder folder_;
  store::LocalCache cache_{folder_.path()};
};

TEST_F(RunListTest, TellsEachRunInAFewWords) {
  const auto place = submit(1);
  submit(1, "request-again");
  fail_an_attempt(place);
  const auto runs = read();
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].run_key, place.run_key);
  EXPECT_EQ(runs[0].platform_run_id, place.platform_run_id);
  EXPECT_EQ(runs[0].state, "QUEUED");
  EXPECT_EQ(runs[0].since_utc, "2026-02-10T00:00:01Z");
  EXPECT_EQ(runs[0].intent_kind, "baseline_train");
  EXPECT_THAT(runs[0].request_ids, ElementsAre("request-0001", "request-again"));
  EXPECT_EQ(runs[0].failure_code, "STORE_FULL");
  EXPECT_EQ(runs[0].failure_stage, "train");
  EXPECT_EQ(runs[0].events, 5);
}

TEST_F(RunListTest, IsEmptyWhereThereAreNoRuns) {
  EXPECT_TRUE(read().empty());
  EXPECT_TRUE(with_cache().empty());
  EXPECT_TRUE(with_cache().empty());
}

TEST_F(RunListTest, ListsARunWhoseFirstEventWasNeverWritten) {
  const auto place = submit(1);
  store_.remove(event(place, 1));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(with_cache().at(0).state, "NONE");
}

TEST_F(RunListTest, ListsTheOthersBesideADamagedLog) {
  const auto damaged = submit(1);
  submit(2);
  store_.edit(event(damaged, 1), "{}");
  for (int i = 0; i < 2; ++i) {
    const auto runs = with_cache();
    ASSERT_EQ(runs.size(), 2U);
    const auto& [bad, good] =
        runs[0].run_key == damaged.run_key ? std::tie(runs[0], runs[1]) : std::tie(runs[1], runs[0]);
    EXPECT_EQ(bad.state, kUnreadable);
    EXPECT_EQ(bad.failure_code, "LEDGER_INVALID");
    EXPECT_NE(bad.fault, "");
    EXPECT_EQ(good.state, "QUEUED");
  }
}

TEST_F(RunListTest, ListsTheOthersBesideADamagedAnchor) {
  const auto damaged = submit(1);
  submit(2);
  store_.exchange(store::layout::run_anchor(damaged.run_key), "{");
  EXPECT_EQ(read().size(), 2U);
  EXPECT_EQ(with_cache(), read());
}

TEST_F(RunListTest, FailsWhenTheStoreIsAway) {
  submit(1);
  testing::FailingStore away(store_, 0, Code::STORE_UNAVAILABLE);
  EXPECT_CODE(list_runs(away, clock_, nullptr), Code::STORE_UNAVAILABLE);
}

TEST_F(RunListTest, ReadsNothingAgainThatIsAsItWas) {
  for (int i = 0; i < 200; ++i) submit(i, "request-" + std::to_string(10000 + i));
  EXPECT_GT(finds_of_a_listing(), 400);
  EXPECT_EQ(finds_of_a_listing(), 0);
}

TEST_F(RunListTest, ReadsAgainOnlyWhatChanged) {
  const auto first = submit(1);
  submit(2);
  with_cache();
  fail_an_attempt(first);
  EXPECT_LT(finds_of_a_listing(), 8);
  EXPECT_EQ(with_cache(), read());
  submit(3);
  EXPECT_LT(finds_of_a_listing(), 5);
  EXPECT_EQ(finds_of_a_listing(), 0);
}

TEST_F(RunListTest, ReadsEverythingWhereTheStoreGivesNoMarks) {
  submit(1);
  store_.give_no_marks();
  EXPECT_GT(finds_of_a_listing(), 0);
  EXPECT_GT(finds_of_a_listing(), 0);
  EXPECT_EQ(with_cache(), read());
}

TEST_F(RunListTest, KeepsWhatALogMaySayInAnyWords) {
  const auto place = submit(1);
  RunLog log(store_, clock_, place);
  Claim(log).append(Event::stage_failed, {{"stage", "a\tb"}, {"code", "C\nD,"}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(with_cache(), read());
}

TEST_F(RunListTest, LeavesADamagedIndexAside) {
  submit(1);
  submit(2);
  with_cache();
  const std::string whole = index();
  const auto expected = read();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    write_index(whole.substr(0, at));
    ASSERT_EQ(with_cache(), expected) << "cut to " << at;
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x04);
    write_index(flipped);
    ASSERT_EQ(with_cache(), expected) << "changed at " << at;
    ASSERT_EQ(index(), whole) << "and written anew";
  }
  for (const std::string& garbage : {whole + "x", whole + whole, std::string("\n\n\n"), std::string(1000, '\0')}) {
    write_index(garbage);
    EXPECT_EQ(with_cache(), expected);
  }
}

TEST_F(RunListTest, LeavesTheIndexOfAnotherStoreAside) {
  testing::TemporaryFolder elsewhere;
  const auto other = store::open_filesystem(elsewhere.path());
  submit_to(*other, 7, "request-0007");
  list_runs(*other, clock_, &cache_);
  const auto foreign = cache_.read(runs_index_name(other->place())).value_or("");
  submit(1);
  write_index(foreign);
  EXPECT_EQ(with_cache(), read());
}

TEST_F(RunListTest, WorksWithoutAPlaceForItsIndex) {
  submit(1);
  const store::LocalCache below_a_file(folder_.path("file"));
  folder_.write("file", "");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(list_runs(store_, clock_, &below_a_file), read());
}

/// Any history: what is listed with an index is what is listed without.
class Histories : public RunListTest, public ::testing::WithParamInterface<unsigned> {
 protected:
  int up_to(int most) { return std::uniform_int_distribution(0, most)(random_); }

  const RunPlace& some_run() {
    if (places_.empty()) places_.push_back(submit(up_to(5)));
    return places_[static_cast<std::size_t>(up_to(static_cast<int>(places_.size()) - 1))];
  }

  std::string some_event(const RunPlace& place) {
    const auto keys = store_.list(store::layout::ledger_events(place));
    return keys.empty() ? "" : keys[static_cast<std::size_t>(up_to(static_cast<int>(keys.size()) - 1))];
  }

  void happen() {
    const RunPlace place = some_run();
    const std::string key = some_event(place);
    switch (up_to(9)) {
      case 0:
      case 1:
        places_.push_back(submit(up_to(5), "request-" + std::to_string(1000 + ++requests_)));
        break;
      case 2:
      case 3:
        fail_an_attempt(place);
        break;
      case 4:
        if (!key.empty()) store_.remove(key);
        break;
      case 5:
        if (!key.empty()) store_.exchange(key, store_.find(key, 0).value() + (up_to(1) == 0 ? "x" : ""));
        break;
      case 6:
        if (!key.empty()) store_.edit(last_event(place), "{}");
        break;
      case 7:
        store_.become(earlier_);
        break;
      case 8:
        earlier_.become(store_);
        break;
      default:
        std::filesystem::remove(index_file());
        break;
    }
  }

  void happen_unless_refused() {
    try {
      happen();
    } catch (const Error&) {
      // A damaged run takes no events.
    }
  }

  std::mt19937 random_{GetParam()};
  std::vector<RunPlace> places_;
  int requests_ = 0;
  testing::EditableStore earlier_;
};

TEST_P(Histories, AreListedTheSameWithAndWithoutAnIndex) {
  for (int i = 0; i < 60; ++i) {
    happen_unless_refused();
    ASSERT_EQ(with_cache(), read()) << "after " << i;
    ASSERT_EQ(with_cache(), read()) << "again after " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Any, Histories, ::testing::Range(1U, 31U));

}  // namespace
}  // namespace mf::ledger
