#include "store/s3_retry.hpp"

#include <gtest/gtest.h>

#include "store/bucket_in_memory.hpp"

namespace mf::store {
namespace {

using std::chrono::milliseconds;

HttpReply unanswered(HttpReply::Failure failure) {
  HttpReply reply;
  reply.failure = failure;
  return reply;
}

TEST(TransientReply, IsOneThatMayBeAnotherLater) {
  for (const int status : {408, 429, 500, 502, 503, 504}) EXPECT_TRUE(is_transient({.status = status})) << status;
  EXPECT_TRUE(is_transient(BucketInMemory::failed(409, "ConditionalRequestConflict")));
  EXPECT_TRUE(is_transient(BucketInMemory::failed(409, "OperationAborted")));
  EXPECT_TRUE(is_transient(BucketInMemory::failed(400, "RequestTimeout")));
  EXPECT_TRUE(is_transient(BucketInMemory::failed(403, "SlowDown")));
  EXPECT_TRUE(is_transient(unanswered(HttpReply::Failure::transient)));
}

TEST(TransientReply, IsNoAnswerAndNoRefusal) {
  for (const int status : {200, 204, 206, 301, 304, 400, 401, 403, 404, 405, 409, 411, 412, 416, 501, 507})
    EXPECT_FALSE(is_transient({.status = status})) << status;
  EXPECT_FALSE(is_transient(BucketInMemory::failed(403, "AccessDenied")));
  EXPECT_FALSE(is_transient(unanswered(HttpReply::Failure::permanent)));
}

TEST(Pause, GrowsToALimitAndIsAShareOfIt) {
  const S3Patience patience{.first_pause = milliseconds(100), .longest_pause = milliseconds(500)};
  for (const auto& [failed, limit] : {std::pair{1, 100}, {2, 200}, {3, 400}, {4, 500}, {5, 500}, {1'000'000, 500}}) {
    EXPECT_EQ(pause_after(failed, 1.0, patience), milliseconds(limit));
    EXPECT_EQ(pause_after(failed, 0.5, patience), milliseconds(limit / 2));
    EXPECT_EQ(pause_after(failed, 0.0, patience), milliseconds(0));
  }
}

}  // namespace
}  // namespace mf::store
