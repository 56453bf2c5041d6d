#include "store/s3_answer.hpp"

#include <gtest/gtest.h>

#include "support/failures.hpp"

namespace mf::store {
namespace {

TEST(FailureCode, IsReadOutOfTheBody) {
  EXPECT_EQ(
      failure_code("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Key>a</Key></Error>"),
      "NoSuchKey");
  EXPECT_EQ(failure_code("<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Code>SlowDown</Code></Error>"),
            "SlowDown");
}

TEST(FailureCode, IsEmptyWhereThereIsNone) {
  for (const char* body : {"", "Not Found", "<html><body>502</body></html>", "<Error></Error>", "<Error><Code>", "{}"})
    EXPECT_EQ(failure_code(body), "") << body;
}

TEST(FailureCode, IsNothingThatCouldHoldASecretOrAnotherLine) {
  for (const std::string& code : {std::string("a b"), std::string("a\nb"), std::string("AKID/x"), std::string(65, 'x')})
    EXPECT_EQ(failure_code("<Error><Code>" + code + "</Code></Error>"), "");
}

TEST(S3Listing, HoldsTheKeysOfAPage) {
  const S3Listing listing = read_listing(
      "<ListBucketResult "
      "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name><IsTruncated>true</IsTruncated>"
      "<Contents><Key>a/1</Key><Size>1</Size></Contents><Contents><Key>a/&amp;2</Key></Contents>"
      "<NextContinuationToken>t+/=</NextContinuationToken></ListBucketResult>");
  EXPECT_EQ(listing.names, (std::vector<std::string>{"a/1", "a/&2"}));
  EXPECT_EQ(listing.next, "t+/=");
}

TEST(S3Listing, EndsWhereNothingFollows) {
  const S3Listing listing = read_listing("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
  EXPECT_TRUE(listing.names.empty());
  EXPECT_EQ(listing.next, "");
}

TEST(S3Listing, IsNotTakenForShorterThanItIs) {
  for (const char* body : {"", "<html/>", "<ListBucketResult/>", "<ListBucketResult><Contents><Key>a</Key></Contents>",
                           "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"})
    EXPECT_CODE(read_listing(body), Code::STORE_UNAVAILABLE);
}

TEST(S3Listing, DoesNotExpandEntities) {
  const char* body =
      "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ListBucketResult><IsTruncated>false</IsTruncated>"
      "<Contents><Key>&e;</Key></Contents></ListBucketResult>";
  EXPECT_EQ(read_listing(body).names, (std::vector<std::string>{"&e;"}));
}

}  // namespace
}  // namespace mf::store
