#include "mf/identity/ref.hpp"

#include <gtest/gtest.h>

#include "support/failures.hpp"

namespace mf::identity {
namespace {

const std::string kPin = "@sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

struct Accepted {
  const char* text;
  Ref::Scheme scheme;
};

constexpr Accepted kAccepted[] = {
    {"a", Ref::Scheme::store},
    {"profiles/training.yaml", Ref::Scheme::store},
    {"platform_20260210T091951Z/ofs/manifests/dm_1.json", Ref::Scheme::store},
    {"a/...", Ref::Scheme::store},
    {"a/..b/c..", Ref::Scheme::store},
    {"a/latest.json", Ref::Scheme::store},
    {"a/not-latest/b", Ref::Scheme::store},
    {"a/LATEST/b", Ref::Scheme::store},
    {"a:b+c=d,e~f/g_h-i.j", Ref::Scheme::store},
    {"r\xC3\xA9vision/\xC2\xA0/\xF0\x9F\x98\x80", Ref::Scheme::store},
    {"s3://bucket/key", Ref::Scheme::s3},
    {"s3://b\xC3\xBC"
     "cket/ofs/\xC3\xA9.json",
     Ref::Scheme::s3},
    {"s3://fraud-platform/platform_x/ofs/manifests/dm_a.json", Ref::Scheme::s3},
    {"file:///srv/data/part-0.csv", Ref::Scheme::file},
};

TEST(ParseRef, AcceptsExplicitRefs) {
  for (const auto& row : kAccepted) {
    const Ref ref = parse_ref(row.text, "/ref");
    EXPECT_EQ(ref.scheme, row.scheme) << row.text;
    EXPECT_EQ(ref.location, row.text);
    EXPECT_FALSE(ref.pin) << row.text;
  }
}

TEST(ParseRef, TakesThePinOffTheLocation) {
  for (const auto& row : kAccepted) {
    const Ref ref = parse_ref(row.text + kPin, "/ref");
    EXPECT_EQ(ref.location, row.text);
    EXPECT_EQ(ref.pin, sha256("abc"));
  }
}

TEST(ParseRef, IsTheInverseOfToString) {
  for (const auto& row : kAccepted) {
    EXPECT_EQ(to_string(parse_ref(row.text, "/ref")), row.text);
    EXPECT_EQ(to_string(parse_ref(row.text + kPin, "/ref")), row.text + kPin);
  }
}

TEST(ParseRef, RefusesWhatIsNoExplicitRef) {
  for (const std::string& text : {
           std::string(),
           std::string("/etc/passwd"),
           std::string(".."),
           std::string("."),
           std::string("../x"),
           std::string("a/../b"),
           std::string("a/./b"),
           std::string("a/.."),
           std::string("a//b"),
           std::string("a/"),
           std::string("latest"),
           std::string("a/latest"),
           std::string("latest/a"),
           std::string("a/*.json"),
           std::string("a/?.json"),
           std::string("a/[ab]"),
           std::string("a\\b"),
           std::string("a%2fb"),
           std::string("a b"),
           std::string(" a"),
           std::string("a\n"),
           std::string("a\tb"),
           std::string("a\0b", 3),
           std::string("a\x7F"),
           std::string("a\x1B[31m"),
           std::string("a\xC2\x85"
                       "b"),
           std::string("a\xC2\x80"),
           std::string("http://host/a"),
           std::string("S3://bucket/key"),
           std::string("file://host/a"),
           std::string("file:////etc/passwd"),
           std::string("s3://"),
           std::string("s3://bucket/"),
           std::string("s3://bucket/../x"),
           std::string("file:///a/../b"),
           std::string("s3://bucket/latest"),
           std::string("a'b"),
           std::string("a\"b"),
           std::string("a|b"),
           std::string("a<b"),
           std::string("{a}"),
           std::string(1025, 'a'),
       })
    EXPECT_CODE(parse_ref(text, "/ref"), Code::REF_INVALID);
}

TEST(ParseRef, RefusesMalformedPins) {
  const std::string hex = kPin.substr(8);
  for (const std::string& pin :
       {std::string("@"), std::string("@sha256:"), "@sha256:" + hex.substr(1), "@sha256:" + hex + "0", "@SHA256:" + hex,
        "@sha512:" + hex, "@" + hex, "@sha256:B" + hex.substr(1), kPin + kPin, kPin + "/x"})
    EXPECT_CODE(parse_ref("a/b.json" + pin, "/ref"), Code::REF_INVALID);
  EXPECT_CODE(parse_ref(kPin, "/ref"), Code::REF_INVALID);
}

TEST(ParseRef, SaysWhereTheRefStandsButShowsNoControlCharacters) {
  try {
    parse_ref("a\x1B[31m", "/training_config_ref");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_TRUE(error.message().starts_with("/training_config_ref: ")) << error.message();
    EXPECT_EQ(error.message().find('\x1B'), std::string::npos);
    EXPECT_FALSE(error.context().contains("ref"));
    EXPECT_EQ(error.context().at("field"), "/training_config_ref");
  }
}

TEST(PathSafeId, MayBecomeOneSegment) {
  for (const char* id : {"a", "tr_16a2ad9c3ad29e2e989ece1cb3c61936", "platform_20260210T091951Z", "a.b:c-d_E9", "..."})
    EXPECT_TRUE(is_path_safe_id(id)) << id;
  EXPECT_TRUE(is_path_safe_id(std::string(128, 'x')));
  for (const char* id : {"", ".", "..", "a/b", "../x", "a b", "a\n", "a@b", "r\xC3\xA9", "a*"})
    EXPECT_FALSE(is_path_safe_id(id)) << id;
  EXPECT_FALSE(is_path_safe_id(std::string(129, 'x')));
  EXPECT_FALSE(is_path_safe_id(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace mf::identity
