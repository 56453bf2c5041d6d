#include "store/s3_signature.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "mf/identity/digest.hpp"

namespace mf::store {
namespace {

constexpr const char* kNoBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// The examples of the S3 API reference, "Authenticating Requests: Using the Authorization Header".
const S3Credentials kExample{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""};

SignedFacts an_example(const std::string& method, const std::string& path) {
  return {method,
          path,
          {},
          {{"host", "examplebucket.s3.amazonaws.com"},
           {"x-amz-date", "20130524T000000Z"},
           {"x-amz-content-sha256", kNoBody}},
          kNoBody};
}

std::string signature_of(const SignedFacts& facts, const S3Credentials& who = kExample,
                         const SigningScope& scope = {.region = "us-east-1"}) {
  const std::string header = authorization(facts, who, scope);
  return header.substr(header.find("Signature=") + 10);
}

TEST(S3Signature, IsTheOneOfTheReferenceForGettingAnObject) {
  SignedFacts facts = an_example("GET", "/test.txt");
  facts.headers["range"] = "bytes=0-9";
  EXPECT_EQ(authorization(facts, kExample, {.region = "us-east-1"}),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(S3Signature, IsTheOneOfTheReferenceForPuttingAnObject) {
  SignedFacts facts = an_example("PUT", "/test%24file.text");
  facts.payload_sha256 = identity::sha256_hex("Welcome to Amazon S3.");
  facts.headers["x-amz-content-sha256"] = facts.payload_sha256;
  facts.headers["date"] = "Fri, 24 May 2013 00:00:00 GMT";
  facts.headers["x-amz-storage-class"] = "REDUCED_REDUNDANCY";
  EXPECT_EQ(signature_of(facts), "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST(S3Signature, IsTheOneOfTheReferenceForQueries) {
  SignedFacts facts = an_example("GET", "/");
  facts.query = {{"lifecycle", ""}};
  EXPECT_EQ(signature_of(facts), "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  facts.query = {{"max-keys", "2"}, {"prefix", "J"}};
  EXPECT_EQ(signature_of(facts), "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

// Out of the signature test suite of AWS, which signs for a service named "service".
TEST(S3Signature, IsTheOneOfTheTestSuite) {
  const S3Credentials who{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", ""};
  const SigningScope scope{"us-east-1", "service"};
  SignedFacts facts{"GET", "/", {}, {{"host", "example.amazonaws.com"}, {"x-amz-date", "20150830T123600Z"}}, kNoBody};
  EXPECT_EQ(signature_of(facts, who, scope), "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  facts.method = "POST";
  EXPECT_EQ(signature_of(facts, who, scope), "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  facts.method = "GET";
  facts.query = {{"Param2", "value2"}, {"Param1", "value1"}};
  EXPECT_EQ(signature_of(facts, who, scope), "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
}

TEST(S3Signature, NeverShowsTheSecret) {
  EXPECT_EQ(authorization(an_example("GET", "/a"), kExample, {.region = "r"}).find("wJalr"), std::string::npos);
}

TEST(S3Signature, ChangesWithEverythingThatIsSigned) {
  const SignedFacts facts = an_example("GET", "/a");
  const std::string before = signature_of(facts);
  const auto after = [&](const std::function<void(SignedFacts&)>& change) {
    SignedFacts changed = facts;
    change(changed);
    return signature_of(changed);
  };
  EXPECT_NE(after([](auto& f) { f.method = "HEAD"; }), before);
  EXPECT_NE(after([](auto& f) { f.path = "/b"; }), before);
  EXPECT_NE(after([](auto& f) { f.query["a"] = ""; }), before);
  EXPECT_NE(after([](auto& f) { f.headers["if-none-match"] = "*"; }), before);
  EXPECT_NE(after([](auto& f) { f.headers["host"] = "other"; }), before);
  EXPECT_NE(after([](auto& f) { f.headers["x-amz-date"] = "20130525T000000Z"; }), before);
  EXPECT_NE(after([](auto& f) { f.payload_sha256 = std::string(64, '0'); }), before);
  EXPECT_NE(signature_of(facts, kExample, {.region = "eu-west-1"}), before);
  EXPECT_NE(signature_of(facts, {kExample.access_key_id, "other", ""}), before);
  EXPECT_EQ(after([](auto&) {}), before);
}

RC_GTEST_PROP(S3Query, HoldsNoBytesThatSeparateItsParts, (const std::map<std::string, std::string>& query)) {
  const std::string text = canonical_query(query);
  const auto count = [&](char c) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), c)); };
  RC_ASSERT(count('=') == query.size());
  RC_ASSERT(count('&') == (query.empty() ? 0U : query.size() - 1));
}

TEST(S3Query, IsInTheOrderOfItsEncodedNames) {
  EXPECT_EQ(canonical_query({{"b", "2"}, {"a", "1 /"}, {"a+", "3"}}), "a=1%20%2F&a%2B=3&b=2");
  EXPECT_EQ(canonical_query({}), "");
}

TEST(AmzDate, IsTheTimeToTheSecondWithoutSeparators) {
  EXPECT_EQ(amz_date(*parse_utc("2015-08-30T12:36:00Z")), "20150830T123600Z");
  EXPECT_EQ(amz_date(*parse_utc("2015-08-30T12:36:00.999999Z")), "20150830T123600Z");
}

}  // namespace
}  // namespace mf::store
