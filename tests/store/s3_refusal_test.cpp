#include "store/s3_refusal.hpp"

#include <gtest/gtest.h>

#include "store/bucket_in_memory.hpp"

namespace mf::store {
namespace {

std::string_view refused(int status, const std::string& code = "") {
  return row_of(refusal_of(BucketInMemory::failed(status, code), "reading a", "s3://b").code()).name;
}

TEST(S3Refusal, TellsWhoMustDoSomething) {
  EXPECT_EQ(refused(403, "AccessDenied"), "STORE_NOT_PERMITTED");
  EXPECT_EQ(refused(403, "SignatureDoesNotMatch"), "STORE_NOT_PERMITTED");
  EXPECT_EQ(refused(403, "RequestTimeTooSkewed"), "STORE_NOT_PERMITTED");
  EXPECT_EQ(refused(400, "ExpiredToken"), "STORE_NOT_PERMITTED");
  EXPECT_EQ(refused(401), "STORE_NOT_PERMITTED");
  EXPECT_EQ(refused(507), "STORE_FULL");
  EXPECT_EQ(refused(403, "QuotaExceeded"), "STORE_FULL");
  EXPECT_EQ(refused(301, "PermanentRedirect"), "PROFILE_INVALID");
  EXPECT_EQ(refused(400, "AuthorizationHeaderMalformed"), "PROFILE_INVALID");
  EXPECT_EQ(refused(404, "NoSuchBucket"), "STORE_UNAVAILABLE");
  EXPECT_EQ(refused(503, "SlowDown"), "STORE_UNAVAILABLE");
  EXPECT_EQ(refused(418), "STORE_UNAVAILABLE");
}

TEST(S3Refusal, TellsAServerThatDoesNotProveWhoItIs) {
  HttpReply reply;
  reply.failure = HttpReply::Failure::untrusted;
  reply.reason = "SSL peer certificate or SSH remote key was not OK";
  const Error error = refusal_of(reply, "listing the bucket", "s3://b");
  EXPECT_EQ(error.code(), Code::STORE_UNTRUSTED);
  EXPECT_EQ(error.message(), "listing the bucket: the object store s3://b: " + reply.reason);
}

TEST(S3Refusal, SaysWhatWasDoneWhereAndWhatWasAnswered) {
  EXPECT_EQ(refusal_of(BucketInMemory::failed(503, "SlowDown"), "reading a", "s3://b").message(),
            "reading a: the object store s3://b: it answered 503 SlowDown");
  HttpReply reply;
  reply.reason = "Timeout was reached";
  EXPECT_EQ(refusal_of(reply, "reading a", "s3://b").message(),
            "reading a: the object store s3://b: Timeout was reached");
}

TEST(S3Refusal, DoesNotRepeatTheServersOwnWords) {
  const Error error = refusal_of(BucketInMemory::failed(403, "AccessDenied"), "reading a", "s3://b");
  EXPECT_EQ(error.message().find("very-secret"), std::string::npos);
}

}  // namespace
}  // namespace mf::store
