#include "contracts/strict_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "contracts/limits.hpp"
#include "mf/contracts/document.hpp"
#include "mf/identity/canonical_json.hpp"
#include "support/failures.hpp"
#include "support/json_values.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

json parse(std::string_view bytes) { return parse_strict_json(bytes, "d.json"); }

std::string message_of(std::string_view bytes) {
  try {
    parse(bytes);
  } catch (const Error& error) {
    return error.message();
  }
  return {};
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST(StrictJson, ReadsJson) {
  EXPECT_EQ(parse(R"( {"a":[1,-2,2.5,1e3,true,false,null,"x",{}],"":"\u00e9\ud83d\ude00\u0000"} )"),
            json::parse(R"({"a":[1,-2,2.5,1e3,true,false,null,"x",{}],"":"\u00e9\ud83d\ude00\u0000"})"));
  EXPECT_EQ(parse("9223372036854775807"), json(std::int64_t{9223372036854775807}));
  EXPECT_EQ(parse("-9223372036854775808").dump(), "-9223372036854775808");
}

TEST(StrictJson, KeepsIntegersAndRealsApart) {
  EXPECT_TRUE(parse("1").is_number_integer());
  EXPECT_TRUE(parse("1.0").is_number_float());
  EXPECT_TRUE(parse("1e3").is_number_float());
}

TEST(StrictJson, RefusesWhatIsNoJson) {
  for (const char* text :
       {"",         " ",         "{",         "}",         "[1,]",    "{\"a\":1,}", "{a:1}", "{'a':1}", "[1 2]",
        "01",       "+1",        ".5",        "1.",        "1e",      "tru",        "True",  "NaN",     "nan",
        "Infinity", "-Infinity", "0x1F",      "1_000",     "// c\n1", "/* c */1",   "{} {}", "1 2",     "\"a",
        "\"\n\"",   "\"\t\"",    "\"\\x41\"", "\"\\u12\"", "[1]x",    "\"a\"\"b\""})
    EXPECT_CODE(parse(text), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, RefusesDuplicateKeysHoweverTheyAreSpelled) {
  EXPECT_CODE(parse(R"({"a":1,"a":1})"), Code::DOCUMENT_INVALID);
  EXPECT_CODE(parse(R"({"a":1,"b":{"c":1,"c":2}})"), Code::DOCUMENT_INVALID);
  EXPECT_CODE(parse(R"({"a":1,"\u0061":2})"), Code::DOCUMENT_INVALID);
  EXPECT_EQ(parse(R"([{"a":1},{"a":2}])").size(), 2U);
}

TEST(StrictJson, RefusesNumbersThatDoNotSurvive) {
  for (const char* text : {"1e999", "-1e999", "1e-999", "0.0000001e-400", "9223372036854775808", "-9223372036854775809",
                           "18446744073709551616", "100000000000000000000000000000"})
    EXPECT_CODE(parse(text), Code::DOCUMENT_INVALID);
  EXPECT_EQ(parse("0e-999"), json(0.0));
  EXPECT_EQ(parse("5e-324").get<double>(), 5e-324);
}

TEST(StrictJson, RefusesWhatIsNotUtf8) {
  for (const char* bytes :
       {"\"\x80\"", "\"\xC3\"", "\"\xC0\x80\"", "\"\xE0\x9F\xBF\"", "\"\xED\xA0\x80\"", "\"\xF0\x8F\xBF\xBF\"",
        "\"\xF4\x90\x80\x80\"", "\"\xF5\x80\x80\x80\"", "\"\xFF\xFE\"", "\xFF\xFE{\0", "{\"\xFF\":1}"})
    EXPECT_CODE(parse(bytes), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, RefusesLoneSurrogates) {
  for (const char* text : {R"("\ud83d")", R"("\ude00")", R"("\ude00\ud83d")", R"("\ud83dx")", R"("\ud83d\u0041")"})
    EXPECT_CODE(parse(text), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, RefusesAByteOrderMark) { EXPECT_CODE(parse("\xEF\xBB\xBF{}"), Code::DOCUMENT_INVALID); }

TEST(StrictJson, RefusesNulBytesOutsideAndInsideTexts) {
  EXPECT_CODE(parse(std::string_view("{}\0", 3)), Code::DOCUMENT_INVALID);
  EXPECT_CODE(parse(std::string_view("\"a\0b\"", 5)), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, NestsThirtyTwoLevelsDeepAndNoDeeper) {
  EXPECT_FALSE(parse(nested(kMaxDepth)).empty());
  EXPECT_CODE(parse(nested(kMaxDepth + 1)), Code::DOCUMENT_INVALID);
  EXPECT_CODE(parse(std::string(1'000'000, '[')), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, RefusesStringsBeyond64KiB) {
  const std::string longest(kMaxStringBytes, 'a');
  EXPECT_EQ(parse("\"" + longest + "\""), json(longest));
  EXPECT_CODE(parse("\"" + longest + "a\""), Code::DOCUMENT_INVALID);
  EXPECT_CODE(parse("{\"" + longest + "a\":1}"), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, RefusesMoreThan200000Values) {
  const auto list_of = [](std::size_t values) {
    std::string text = "[0";
    for (std::size_t i = 1; i < values; ++i) text += ",0";
    return text + "]";
  };
  EXPECT_EQ(parse(list_of(kMaxNodes - 1)).size(), kMaxNodes - 1);
  EXPECT_CODE(parse(list_of(kMaxNodes)), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, RefusesDocumentsBeyond4MiB) {
  const auto padded = [](std::size_t size) { return "{}" + std::string(size - 2, ' '); };
  EXPECT_EQ(parse(padded(kMaxDocumentBytes)), json::object());
  EXPECT_CODE(parse(padded(kMaxDocumentBytes + 1)), Code::DOCUMENT_INVALID);
}

TEST(StrictJson, NeverRepeatsWhatItRead) {
  for (const char* text :
       {R"({"password": "tr0ub4dor)", R"({"password": tr0ub4dor})", "{\"password\": \"tr0ub4dor\x01\"}"})
    EXPECT_EQ(message_of(text).find("tr0"), std::string::npos) << message_of(text);
}

TEST(StrictJson, SaysWhereTheFaultIs) {
  EXPECT_NE(message_of("{\n  \"a\": 1,\n  oops\n}").find("line 3"), std::string::npos);
  EXPECT_EQ(message_of(R"({"a":[0,{"b":9223372036854775808}]})"), "d.json: at /a/1/b an integer does not fit 64 bits");
  EXPECT_EQ(message_of(R"({"a":[[],[0,1e-999]]})"),
            "d.json: at /a/1/1 a number does not fit a 64-bit floating-point number");
  EXPECT_EQ(message_of(R"({"a":1e999})"), "d.json: at /a a number does not fit a 64-bit floating-point number");
  EXPECT_EQ(message_of(R"({"a":{"b":1,"b":2}})"), "d.json: at /a/b the key `b` stands twice in one object");
  EXPECT_EQ(message_of("{\n\"a\": NaN}"),
            "d.json is not JSON: line 2, column 6: a word that JSON does not have, such as NaN or True");
  EXPECT_EQ(message_of(" \n"), "d.json is empty");
  EXPECT_EQ(message_of("{\n\x01").find('\n'), std::string::npos);
}

RC_GTEST_PROP(StrictJson, KeepsTheCanonicalFormOfWhatItReads, ()) {
  const std::string canonical = identity::canonical_json(*mf::testing::any_json());
  RC_ASSERT(canonical_form_of_json(canonical, "d.json") == canonical);
  RC_ASSERT(canonical_form_of_json(json::parse(canonical).dump(2), "d.json") == canonical);
}

RC_GTEST_PROP(StrictJson, RefusesOrReadsAnyBytesWithoutHarm, (const std::string& bytes)) {
  try {
    parse(bytes);
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Code::DOCUMENT_INVALID);
  }
}

}  // namespace
}  // namespace mf::contracts
