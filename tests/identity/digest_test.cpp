#include "mf/identity/digest.hpp"

#include <gtest/gtest.h>

namespace mf::identity {
namespace {

constexpr const char* kOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, AgreesWithTheStandard) {
  EXPECT_EQ(sha256_hex(""), kOfNothing);
  EXPECT_EQ(sha256_hex("abc"), kOfAbc);
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, TakesBytesNotText) { EXPECT_NE(sha256_hex(std::string_view("a\0b", 3)), sha256_hex("a")); }

// The first cases of RFC 4231, and its key that is longer than a block.
TEST(HmacSha256, AgreesWithTheStandard) {
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, TakesEmptyKeysAndTexts) {
  EXPECT_EQ(to_hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  EXPECT_EQ(hmac_sha256({}, {}), hmac_sha256("", ""));
}

TEST(Hasher, DoesNotCareHowTheBytesArrive) {
  Hasher hasher;
  for (const char* piece : {"", "a", "b", "c", ""}) hasher.update(piece);
  EXPECT_EQ(to_hex(hasher.finish()), kOfAbc);
}

TEST(Hasher, KeepsItsStateWhenMoved) {
  Hasher first;
  first.update("ab");
  Hasher second = std::move(first);
  second.update("c");
  EXPECT_EQ(to_hex(second.finish()), kOfAbc);
}

TEST(ParseDigest, IsTheInverseOfToHex) {
  const auto digest = parse_digest(kOfAbc);
  ASSERT_TRUE(digest);
  EXPECT_EQ(*digest, sha256("abc"));
  EXPECT_EQ(to_hex(*digest), kOfAbc);
}

TEST(ParseDigest, TakesOnly64LowerCaseHexDigits) {
  const std::string valid = kOfAbc;
  std::string upper = valid;
  upper[0] = 'B';
  EXPECT_FALSE(parse_digest(upper));
  EXPECT_FALSE(parse_digest(""));
  EXPECT_FALSE(parse_digest(valid.substr(1)));
  EXPECT_FALSE(parse_digest(valid + "0"));
  EXPECT_FALSE(parse_digest(valid.substr(0, 63) + "g"));
  EXPECT_FALSE(parse_digest(" " + valid.substr(1)));
}

}  // namespace
}  // namespace mf::identity
