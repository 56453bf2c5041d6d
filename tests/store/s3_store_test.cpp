#include "store/s3_store.hpp"

#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "store/bucket_in_memory.hpp"
#include "support/failures.hpp"

namespace mf::store {
namespace {

using Fault = BucketInMemory::Fault;
using Put = ArtifactStore::Put;

class S3Store : public ::testing::Test {
 protected:
  S3Store() : store_(bucket_.store()) { store_->put_if_absent("warm/up", "so that the condition is known to hold"); }

  /// From now on, the first `times` requests of the method meet `fault`.
  void meet(Fault fault, int times, const std::string& method = "PUT") {
    bucket_.fault = [fault, times, method](const HttpRequest& request, int) mutable {
      return request.method == method && times-- > 0 ? fault : Fault::none;
    };
  }

  BucketInMemory bucket_;
  std::unique_ptr<ArtifactStore> store_;
};

TEST_F(S3Store, KeepsItsKeysBelowItsPrefix) {
  store_->put_if_absent("a/b:c@d+e=f", "bytes");
  EXPECT_EQ(bucket_.at("mf/a/b:c@d+e=f"), "bytes");
  EXPECT_EQ(store_->list("a"), (std::vector<std::string>{"a/b:c@d+e=f"}));
  const auto whole = bucket_.store("");
  EXPECT_EQ(whole->find("mf/a/b:c@d+e=f"), "bytes");
}

TEST_F(S3Store, AsksForCreationOnly) {
  store_->size_of("a");
  meet(Fault::none, 0);
  std::string put;
  bucket_.fault = [&](const HttpRequest& request, int) {
    if (request.method == "PUT") put = request.headers.at("if-none-match");
    return Fault::none;
  };
  store_->put_if_absent("a", "one");
  EXPECT_EQ(put, "*");
}

TEST_F(S3Store, NeverSendsTheSecret) {
  store_->find("a");
  EXPECT_EQ(bucket_.last_request.find("very-secret"), std::string::npos);
  EXPECT_NE(bucket_.last_request.find("x-amz-security-token: token-secret"), std::string::npos);
}

TEST_F(S3Store, TriesAgainWhatIsTransient) {
  for (const Fault fault : {Fault::unreachable, Fault::busy, Fault::racing}) {
    meet(fault, 4);
    const std::string key = "a/" + std::to_string(static_cast<int>(fault));
    EXPECT_EQ(store_->put_if_absent(key, "one"), Put::created);
    EXPECT_EQ(store_->find(key), "one");
  }
}

TEST_F(S3Store, GivesUpAfterItsAttempts) {
  for (const Fault fault : {Fault::unreachable, Fault::busy, Fault::racing}) {
    meet(fault, 1000);
    const int before = bucket_.requests;
    EXPECT_CODE(store_->put_if_absent("a", "one"), Code::STORE_UNAVAILABLE);
    EXPECT_EQ(bucket_.requests - before, S3Patience{}.attempts);
  }
}

TEST_F(S3Store, WaitsBetweenAttempts) {
  meet(Fault::busy, 3);
  store_->put_if_absent("a", "one");
  ASSERT_EQ(bucket_.pauses.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_LE(bucket_.pauses[i], S3Patience{}.first_pause * (1 << i));
}

TEST_F(S3Store, SettlesAPutWhoseReplyWasLostByReadingBack) {
  meet(Fault::lost_reply, 1);
  EXPECT_EQ(store_->put_if_absent("a", "one"), Put::identical);
  EXPECT_EQ(store_->find("a"), "one");
}

TEST_F(S3Store, SeesThatAnotherWasFasterWhileItsRequestWasLost) {
  meet(Fault::unreachable, 1);
  bucket_.place("mf/a", "another's");
  EXPECT_EQ(store_->put_if_absent("a", "one"), Put::conflict);
  EXPECT_EQ(store_->find("a"), "another's");
}

TEST_F(S3Store, ReadsAgainWhatWasCutShort) {
  store_->put_if_absent("a", "one");
  meet(Fault::cut_reply, 2, "GET");
  EXPECT_EQ(store_->find("a"), "one");
  meet(Fault::cut_reply, 2, "GET");
  EXPECT_EQ(store_->list("a").size(), 0U);
  meet(Fault::cut_reply, 2, "HEAD");
  EXPECT_EQ(store_->size_of("a"), 3U);
}

TEST_F(S3Store, ReadsAgainWhatCameOtherwiseThanItWasPut) {
  meet(Fault::spoiled_reply, 1, "GET");
  EXPECT_EQ(store_->put_if_absent("a", "one"), Put::created);
  for (const int times : {1, 2, 5}) {
    meet(Fault::spoiled_reply, times, "GET");
    EXPECT_EQ(store_->find("a"), "one") << times;
  }
  meet(Fault::spoiled_reply, 1000, "GET");
  EXPECT_CODE(std::ignore = store_->find("a"), Code::STORE_UNAVAILABLE);
}

TEST_F(S3Store, GivesWhatIsThereToBeJudged) {
  store_->put_if_absent("a", "one");
  bucket_.damage("mf/a", "two");
  EXPECT_EQ(store_->find("a"), "two");
  EXPECT_EQ(store_->put_if_absent("a", "one"), Put::conflict);
}

TEST_F(S3Store, StopsWhoWaitsAndAsksNoMore) {
  bucket_.fault = [this](const HttpRequest&, int) {
    bucket_.stop_asked = true;
    return Fault::busy;
  };
  const int before = bucket_.requests;
  EXPECT_CODE(std::ignore = store_->find("a"), Code::INTERRUPTED);
  EXPECT_EQ(bucket_.requests - before, 1);
}

TEST_F(S3Store, GivesWhatIsAnsweredAlsoWhenAStopIsAsked) {
  bucket_.fault = [this](const HttpRequest&, int) {
    bucket_.stop_asked = true;
    return Fault::none;
  };
  EXPECT_EQ(store_->find("warm/up"), "so that the condition is known to hold");
}

TEST_F(S3Store, LeavesWithOneAttemptOfEachRequest) {
  bucket_.stop_asked = true;
  EXPECT_EQ(store_->put_if_absent("lease/released", "x"), Put::created);
  meet(Fault::busy, 1000);
  const int before = bucket_.requests;
  EXPECT_CODE(store_->put_if_absent("a", "x"), Code::STORE_UNAVAILABLE);
  EXPECT_EQ(bucket_.requests - before, 1);
}

TEST(S3Pause, EndsWhenAStopIsAsked) {
  int glances = 0;
  pausing([&] { return ++glances > 2; })(std::chrono::hours(1));
  EXPECT_EQ(glances, 3);
}

TEST_F(S3Store, ListsEveryPage) {
  for (int i = 0; i < 9; ++i) store_->put_if_absent("many/" + std::to_string(i), "x");
  for (const std::size_t page : {1U, 2U, 3U, 100U}) {
    bucket_.page = page;
    EXPECT_EQ(store_->list("many").size(), 9U);
  }
}

TEST_F(S3Store, DoesNotListForEver) {
  bucket_.always = HttpReply{.status = 200,
                             .headers = {},
                             .body =
                                 "<ListBucketResult><IsTruncated>true</IsTruncated>"
                                 "<NextContinuationToken>t</NextContinuationToken></ListBucketResult>"};
  EXPECT_CODE(store_->list("a"), Code::STORE_UNAVAILABLE);
}

TEST_F(S3Store, LeavesTheFoldersOfFileBrowsersOut) {
  bucket_.place("mf/a/", "");
  bucket_.place("mf/a/b", "x");
  EXPECT_EQ(store_->list("a"), (std::vector<std::string>{"a/b"}));
}

std::string three_parts(char filling) {
  std::string bytes(20'000'000, filling);
  for (std::size_t i = 0; i < bytes.size(); i += 4096) bytes[i] = static_cast<char>(i >> 12);
  return bytes;
}

TEST_F(S3Store, StreamsInParts) {
  const std::string bytes = three_parts('a');
  EXPECT_EQ(store_->put_if_absent("big", bytes), Put::created);
  const int before = bucket_.requests;
  EXPECT_EQ(store_->put_if_absent("big", bytes), Put::identical);
  EXPECT_EQ(bucket_.requests - before, 4) << "one look and three parts, and no second upload";
}

TEST_F(S3Store, FetchesOnceWhatIsReadHereAndThere) {
  const std::string bytes = three_parts('a');
  bucket_.place("mf/a", bytes);
  const int before = bucket_.requests;
  const auto access = store_->open_random("a");
  EXPECT_EQ(access->size(), bytes.size());
  for (const std::size_t offset : {19'999'990U, 0U, 8U << 20U, 20'000'000U, 30'000'000U}) {
    std::string room(100, '-');
    const std::size_t got = access->read_at(offset, room);
    EXPECT_EQ(room.substr(0, got), offset < bytes.size() ? bytes.substr(offset, 100) : "");
  }
  EXPECT_EQ(bucket_.requests - before, 3);
  EXPECT_EQ(store_->open_random("b"), nullptr);
}

TEST_F(S3Store, NoticesThatAnObjectIsReplacedWhileItIsFetched) {
  bucket_.place("mf/a", three_parts('a'));
  const int before = bucket_.requests;
  bucket_.fault = [&](const HttpRequest&, int number) {
    if (number - before == 1) bucket_.place("mf/a", three_parts('b'));
    return Fault::none;
  };
  EXPECT_CODE(std::ignore = store_->open_random("a"), Code::ARTIFACT_CONFLICT);
}

TEST_F(S3Store, StopsWhoFetches) {
  bucket_.place("mf/a", three_parts('a'));
  const int before = bucket_.requests;
  bucket_.fault = [&](const HttpRequest&, int number) {
    bucket_.stop_asked = number - before == 1;
    return Fault::none;
  };
  EXPECT_CODE(std::ignore = store_->open_random("a"), Code::INTERRUPTED);
  EXPECT_EQ(bucket_.requests - before, 2);
}

TEST_F(S3Store, NoticesThatAnObjectIsReplacedWhileItIsRead) {
  bucket_.place("mf/big", std::string(std::size_t{9} << 20, 'a'));
  const auto source = store_->open("big");
  bucket_.place("mf/big", std::string(std::size_t{9} << 20, 'b'));
  std::vector<char> room(std::size_t{8} << 20);
  EXPECT_EQ(source->read(room), room.size());
  EXPECT_CODE(source->read(room), Code::ARTIFACT_CONFLICT);
}

TEST_F(S3Store, TakesAnswersThatAreNoneForFailures) {
  for (const auto& [reply, code] : {std::pair{BucketInMemory::failed(403, "AccessDenied"), Code::STORE_NOT_PERMITTED},
                                    {BucketInMemory::failed(404, "NoSuchBucket"), Code::STORE_UNAVAILABLE},
                                    {BucketInMemory::failed(404, ""), Code::STORE_UNAVAILABLE},
                                    {BucketInMemory::failed(404, "XAdminUserNotFound"), Code::STORE_NOT_PERMITTED},
                                    {BucketInMemory::failed(507, ""), Code::STORE_FULL},
                                    {BucketInMemory::failed(301, ""), Code::PROFILE_INVALID}}) {
    bucket_.always = reply;
    EXPECT_CODE(store_->put_if_absent("a", "x"), code);
    EXPECT_CODE(std::ignore = store_->find("a"), code);
    EXPECT_CODE(std::ignore = store_->open("a"), code);
    EXPECT_CODE(std::ignore = store_->list("a"), code);
  }
}

TEST_F(S3Store, TakesTheOlderAnswerForWhatIsThere) {
  store_->put_if_absent("a", "one");
  bucket_.fault = [this](const HttpRequest& request, int) {
    bucket_.always = request.method == "PUT" ? std::optional(HttpReply{.status = 304}) : std::nullopt;
    return Fault::none;
  };
  EXPECT_EQ(store_->put_if_absent("a", "one"), Put::identical);
  EXPECT_EQ(store_->put_if_absent("a", "two"), Put::conflict);
}

TEST(S3StoreOpening, AsksWhetherTheBucketAnswers) {
  BucketInMemory bucket;
  bucket.always = BucketInMemory::failed(404, "NoSuchBucket");
  EXPECT_CODE(bucket.store(), Code::STORE_UNAVAILABLE);
  bucket.always = BucketInMemory::failed(403, "AccessDenied");
  EXPECT_CODE(bucket.store(), Code::STORE_NOT_PERMITTED);
}

TEST(S3StoreOpening, WritesNothing) {
  BucketInMemory bucket;
  const auto store = bucket.store();
  std::ignore = store->find("a");
  EXPECT_FALSE(bucket.has("mf/mf/doctor/condition.txt"));
}

TEST(S3StoreCondition, IsAskedForOnceBeforeTheFirstPut) {
  BucketInMemory bucket;
  const auto store = bucket.store();
  store->put_if_absent("a", "x");
  EXPECT_TRUE(bucket.has("mf/mf/doctor/condition.txt"));
  const int before = bucket.requests;
  store->put_if_absent("b", "x");
  EXPECT_EQ(bucket.requests - before, 2) << "the put and its reading back";
}

TEST(S3StoreCondition, IsRefusedWhereTheServerReplaces) {
  BucketInMemory bucket;
  bucket.honours_condition = false;
  const auto store = bucket.store();
  for (int again = 0; again < 2; ++again) EXPECT_CODE(store->put_if_absent("a", "x"), Code::STORE_REPLACES);
  EXPECT_FALSE(bucket.has("mf/a"));
}

TEST(S3StoreCondition, IsRefusedWhereTheServerDoesNotKnowIt) {
  BucketInMemory bucket;
  const auto store = bucket.store();
  bucket.always = BucketInMemory::failed(501, "NotImplemented");
  EXPECT_CODE(store->put_if_absent("a", "x"), Code::STORE_REPLACES);
}

TEST(S3StoreUnderFaults, NeverOverwritesAndNeverClaimsFalseSuccess) {
  constexpr int kKeys = 60;
  constexpr int kWriters = 8;
  BucketInMemory bucket;
  std::minstd_rand random(20260210);
  bucket.fault = [&](const HttpRequest& request, int) {  // called under the bucket's lock
    // Nothing is promised of a listing that was spoiled: it says of itself what it should be, as nothing else does.
    if (request.url.find("list-type") != std::string::npos) return Fault::none;
    constexpr Fault kFaults[] = {Fault::unreachable, Fault::busy,      Fault::racing,
                                 Fault::lost_reply,  Fault::cut_reply, Fault::spoiled_reply};
    const auto drawn = random() % 100;
    return drawn < 30 ? kFaults[drawn % 6] : Fault::none;
  };
  std::atomic<int> wrong{0};
  const auto write_all = [&](int writer) {
    const S3Place place{"http://bucket.test:9000", "r", "fraud", "mf", true};
    const auto store = store_over({place,
                                   {"AKID", "S", ""},
                                   {.attempts = 50},
                                   {[&](const HttpRequest& r) { return bucket.answer(r); }, [](auto) {}}});
    for (int key = 0; key < kKeys; ++key) {
      const std::string bytes = "content " + std::to_string(writer % 4);
      const Put put = store->put_if_absent("k/" + std::to_string(key), bytes);
      const bool stands = store->find("k/" + std::to_string(key)) == bytes;
      if (stands != (put != Put::conflict)) ++wrong;
    }
  };
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) writers.emplace_back(write_all, writer);
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(bucket.requests, kKeys * kWriters * 2);
}

}  // namespace
}  // namespace mf::store
