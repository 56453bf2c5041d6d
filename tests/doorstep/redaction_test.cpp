#include "mf/redaction.hpp"

#include <gtest/gtest.h>

#include "mf/error.hpp"

namespace mf {
namespace {

TEST(Redacted, LeavesAloneWhatIsNoSecret) {
  for (const std::string text :
       {"", "run tr_8c1f0e5a7b2d4c6e9f013a5b7c9d1e3f is PUBLISHED", "s3://bucket/key@sha256:0123", "a=b, c==d",
        "https://s3.eu-west-1.amazonaws.com/bucket?list-type=2", "mail me at HUMAN::ana@bank", "AKIA is no key",
        "input_fingerprint=0123456789abcdef", "bearer", "/etc/aws/credentials"})
    EXPECT_EQ(redacted(text), text);
}

TEST(Redacted, TakesUserAndPasswordOutOfAUrl) {
  EXPECT_EQ(redacted("cannot reach https://ana:hunter22@host:9000/bucket"),
            "cannot reach https://[redacted]@host:9000/bucket");
  EXPECT_EQ(redacted("http://token@host and ftp://u:p@h"), "http://[redacted]@host and ftp://[redacted]@h");
  EXPECT_EQ(redacted("http://u:p@ss@host"), "http://[redacted]@host");
}

TEST(Redacted, TakesTheValuesOfSecretNamesOut) {
  EXPECT_EQ(redacted("password=hunter2 user=ana"), "password=[redacted] user=ana");
  EXPECT_EQ(redacted("?X-Amz-Signature=0f0f&X-Amz-Date=20260101"), "?X-Amz-Signature=[redacted]&X-Amz-Date=20260101");
  EXPECT_EQ(redacted(R"({"url":"a?access_token=abc"})"), R"({"url":"a?access_token=[redacted]"})");
  EXPECT_EQ(redacted("AWS_SECRET_ACCESS_KEY=abc/def+ghi"), "AWS_SECRET_ACCESS_KEY=[redacted]");
}

TEST(Redacted, TakesHeadersKeysAndKeyIdsOut) {
  EXPECT_EQ(redacted("> Authorization: AWS4-HMAC-SHA256 Credential=x, Signature=y\nnext"),
            "> Authorization: [redacted]\nnext");
  EXPECT_EQ(redacted("sent Bearer abc.def to it"), "sent Bearer [redacted] to it");
  EXPECT_EQ(redacted("by AKIAIOSFODNN7EXAMPLE, twice AKIAIOSFODNN7EXAMPLE"), "by [redacted], twice [redacted]");
  EXPECT_EQ(redacted("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\nrest"), "[redacted]\nrest");
}

TEST(Redacted, KnowsWhatItWasToldToKeep) {
  EXPECT_EQ(redacted("it was correct-horse-battery"), "it was correct-horse-battery");
  keep_secret("correct-horse-battery");
  keep_secret("correct-horse");
  EXPECT_EQ(redacted("it was correct-horse-battery, or correct-horse?"), "it was [redacted], or [redacted]?");
}

TEST(Redacted, DoesNotKeepWhatIsTooShortToBeASecret) {
  keep_secret("demo");
  EXPECT_EQ(redacted("the demo"), "the demo");
}

TEST(Redacted, TwiceIsAsOnce) {
  const std::string once = redacted("password=hunter2 https://a:b@c Authorization: x");
  EXPECT_EQ(redacted(once), once);
}

TEST(SecretNames, AreToldByTheirWords) {
  for (const char* name : {"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "db_password", "X-Amz-Signature", "API_KEY"})
    EXPECT_TRUE(is_secret_name(name)) << name;
  for (const char* name : {"AWS_SHARED_CREDENTIALS_FILE", "TOKEN_PATH", "PLATFORM_RUN_ID", "MF_BUCKET", "key", ""})
    EXPECT_FALSE(is_secret_name(name)) << name;
}

TEST(Error, HoldsNoSecrets) {
  const Error error(Code::STORE_UNAVAILABLE, "no answer from https://u:p@host", {{"url", "x?token=abc"}}, "password=x");
  EXPECT_EQ(error.message(), "no answer from https://[redacted]@host");
  EXPECT_EQ(error.context().at("url"), "x?token=[redacted]");
  EXPECT_EQ(error.hint(), "password=[redacted]");
}

}  // namespace
}  // namespace mf
