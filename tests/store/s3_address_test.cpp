#include "store/s3_address.hpp"

#include <gtest/gtest.h>

#include "support/failures.hpp"

namespace mf::store {
namespace {

S3Place a_place(bool path_style = true) {
  return s3_place("s3://fraud/mf/v1", "http://127.0.0.1:9000", "eu-west-1", path_style);
}

TEST(S3Place, IsReadOutOfAProfile) {
  const S3Place place = a_place();
  EXPECT_EQ(place.bucket, "fraud");
  EXPECT_EQ(place.prefix, "mf/v1");
  EXPECT_EQ(s3_place("s3://fraud", "https://s3.example", "x", true).prefix, "");
  EXPECT_EQ(s3_place("s3://fraud/", "https://s3.example", "x", true).prefix, "");
  EXPECT_EQ(s3_place("s3://fraud/a/", "https://s3.example", "x", true).prefix, "a");
}

TEST(S3Place, RefusesMalformedRoots) {
  for (const char* root : {"", "fraud", "file:///x", "s3://", "s3:///a", "s3://ab", "s3://Fraud", "s3://fra ud",
                           "s3://fr..ud", "s3://-fraud", "s3://fraud?x"})
    EXPECT_CODE(s3_place(root, "http://h", "r", true), Code::PROFILE_INVALID);
  for (const char* root : {"s3://fraud/../x", "s3://fraud//x", "s3://fraud/a b"})
    EXPECT_CODE(s3_place(root, "http://h", "r", true), Code::PROFILE_INVALID);
}

TEST(S3Place, RefusesMalformedEndpointsAndDoesNotRepeatThem) {
  for (const char* endpoint :
       {"", "h", "ftp://h", "http://", "http://h/", "http://h/path", "http://user:hunter2@h", "http://h:", "http://h:x",
        "http://h:123456", "http://h?x", "HTTP://h", "http://h#", "http://a..b"})
    try {
      s3_place("s3://fraud", endpoint, "r", true);
      ADD_FAILURE() << endpoint;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::PROFILE_INVALID);
      EXPECT_EQ((error.message() + error.context().begin()->second).find("hunter2"), std::string::npos);
    }
}

TEST(S3Place, RefusesMalformedRegions) {
  for (const char* region : {"", "EU", "eu west", "eu/west", "eu\nwest"})
    EXPECT_CODE(s3_place("s3://fraud", "http://h", region, true), Code::PROFILE_INVALID);
}

TEST(S3Place, DescribesItselfForPeople) {
  EXPECT_EQ(described(a_place()), "s3://fraud/mf/v1 at http://127.0.0.1:9000");
  EXPECT_EQ(described(s3_place("s3://fraud", "http://h", "r", true)), "s3://fraud at http://h");
}

TEST(S3Address, NamesTheBucketInThePathOrInTheHost) {
  const S3Address in_path = address_of(a_place(), "a/b.json");
  EXPECT_EQ(in_path.url, "http://127.0.0.1:9000/fraud/mf/v1/a/b.json");
  EXPECT_EQ(in_path.host, "127.0.0.1:9000");
  EXPECT_EQ(in_path.path, "/fraud/mf/v1/a/b.json");
  const S3Address in_host = address_of(s3_place("s3://fraud", "https://s3.example", "r", false), "a/b.json");
  EXPECT_EQ(in_host.url, "https://fraud.s3.example/a/b.json");
  EXPECT_EQ(in_host.host, "fraud.s3.example");
  EXPECT_EQ(in_host.path, "/a/b.json");
}

TEST(S3Address, OfNoKeyIsThatOfTheBucket) {
  EXPECT_EQ(address_of(a_place(true), "").path, "/fraud");
  EXPECT_EQ(address_of(a_place(false), "").url, "http://fraud.127.0.0.1:9000/");
}

TEST(S3Address, LeavesTheUsualPortOutAsClientsDo) {
  EXPECT_EQ(address_of(s3_place("s3://fraud", "https://h:443", "r", true), "a").host, "h");
  EXPECT_EQ(address_of(s3_place("s3://fraud", "http://h:80", "r", true), "a").host, "h");
  EXPECT_EQ(address_of(s3_place("s3://fraud", "http://h:443", "r", true), "a").host, "h:443");
}

TEST(PercentEncoding, LeavesOnlyUnreservedBytes) {
  EXPECT_EQ(percent_encoded("AZaz09-._~", false), "AZaz09-._~");
  EXPECT_EQ(percent_encoded("a/b:c@d+e=f g", false), "a%2Fb%3Ac%40d%2Be%3Df%20g");
  EXPECT_EQ(percent_encoded("a/b", true), "a/b");
  EXPECT_EQ(percent_encoded("\xC3\xA9%", true), "%C3%A9%25");
}

}  // namespace
}  // namespace mf::store
