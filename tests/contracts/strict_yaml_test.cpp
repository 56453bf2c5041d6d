#include "contracts/strict_yaml.hpp"

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

json parse(std::string_view bytes) { return parse_strict_yaml(bytes, "p.yaml"); }

TEST(StrictYaml, ReadsTheJsonShapedSubset) {
  EXPECT_EQ(
      parse("# a profile\na: 1\nb: [x, \"y\", 'z', 2.5, -3, true, False, null, ~, ]\nc:\n  d: {e: f}\n  g:\n  - 1\n"),
      json::parse(R"({"a":1,"b":["x","y","z",2.5,-3,true,false,null,null],"c":{"d":{"e":"f"},"g":[1]}})"));
  EXPECT_EQ(parse("--- {a: 1}\n"), json::parse(R"({"a":1})"));
  EXPECT_EQ(parse("a:\n"), json::parse(R"({"a":null})"));
  EXPECT_EQ(parse("a: |\n  two\n  lines\n"), json::parse(R"({"a":"two\nlines\n"})"));
}

TEST(StrictYaml, ReadsJsonAsJson) {
  EXPECT_EQ(parse(R"({"a": [1, 2.5, "x", null, true], "b": {"c": "\u00e9"}})"),
            json::parse(R"({"a":[1,2.5,"x",null,true],"b":{"c":"\u00e9"}})"));
}

TEST(StrictYaml, ReadsPlainTextsAsTexts) {
  for (const char* text :
       {"abc", "mf.train.policy.v1", "r1", "v0-90d0", "git:def456", "observed_time<=label_asof_utc", "SYSTEM::mf",
        "a b c", "1.2.3", "12abc", "-x", "1-2", "e5", "yesterday", "none", "nul", "1e3x"})
    EXPECT_EQ(parse(std::string("a: ") + text), (json{{"a", text}})) << text;
}

TEST(StrictYaml, ReadsNumbersThatBothVersionsRead) {
  EXPECT_EQ(parse("[0, -0, 7, +7, -12, 9223372036854775807]").dump(), "[0,0,7,7,-12,9223372036854775807]");
  EXPECT_EQ(parse("[0.5, -1.25, .5, 1., 1.0e+3, 2.5e-05]"), json::parse("[0.5,-1.25,0.5,1.0,1000.0,0.000025]"));
  EXPECT_TRUE(parse("[1.0]").at(0).is_number_float());
}

constexpr const char* kAmbiguous[] = {
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "ON",
    "off",
    "Off",
    "OFF",  // booleans, or texts
    "1e3",
    "1E3",
    "-1e3",
    "1.0e3",
    "1e+3",
    "12e45",  // texts, or numbers
    "0777",
    "-0777",
    "00",
    "0o17",
    "0x1F",
    "0X1f",
    "0b1",
    "08",
    "09",  // octal, hexadecimal, binary
    "1_000",
    "1_0.5",
    "0x_1",
    "1__0",  // digits grouped
    "12:30",
    "12:30:45",
    "-1:30",
    "190:20:30.15",  // base 60
    "2026-01-01",
    "2026-1-1",
    "2026-01-01T00:00:00Z",
    "2026-01-01 00:00:00",  // dates
    ".inf",
    "-.inf",
    "+.INF",
    ".nan",
    ".NaN",  // not numbers at all
    "=",
    "<<",
};

TEST(StrictYaml, RefusesAmbiguousScalars) {
  for (const char* scalar : kAmbiguous) {
    SCOPED_TRACE(scalar);
    EXPECT_CODE(parse(std::string("a: ") + scalar), Code::DOCUMENT_INVALID);
    EXPECT_CODE(parse(std::string("[x, ") + scalar + "]"), Code::DOCUMENT_INVALID);
  }
}

TEST(StrictYaml, RefusesAmbiguousKeys) {
  for (const char* key : {"yes", "no", "1e3", "12:30", "2026-01-01", "<<", "1", "1.5", "true", "null", "~"})
    EXPECT_CODE(parse(std::string(key) + ": x"), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, TakesAmbiguousScalarsInQuotesAsTexts) {
  for (const char* scalar : kAmbiguous) {
    EXPECT_EQ(parse(std::string("a: \"") + scalar + "\""), (json{{"a", scalar}}));
    EXPECT_EQ(parse(std::string("a: '") + scalar + "'"), (json{{"a", scalar}}));
    EXPECT_EQ(parse(std::string("\"") + scalar + "\": x"), (json{{scalar, "x"}}));
  }
}

TEST(StrictYaml, RefusesWhatJsonDoesNotHave) {
  for (const char* text : {"a: &x 1",        "a: &x {b: 1}",    "a: &x [1]",      "a: *x",
                           "a: &x 1\nb: *x", "a: !!str 1",      "a: !foo bar",    "a: !!binary YQ==",
                           "a: !!set {b}",   "!!map {a: 1}",    "a: !!float 1",   "base: {b: 1}\na: {<<: {b: 2}}",
                           "? [a, b]\n: 1",  "? {a: b}\n: 1",   "{[a]: 1}",       "a: 1\na: 2",
                           "{a: 1, a: 2}",   "a: {b: 1, b: 2}", "a: 1\n\"a\": 2", "a: 1\n---\nb: 2\n",
                           "a: 1\n---\n",    "--- 1\n--- 2\n"})
    EXPECT_CODE(parse(text), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, RefusesWhatIsNoYaml) {
  for (const char* text : {"", "\n", "# nothing\n", "a: [1", "a: {b: 1", "a: \"x", "a: b: c", "\tb: 1", "a: 1\n b: 2",
                           "a: @x", "a: `x`", "[1, 2", "}", "a: 'x"})
    EXPECT_CODE(parse(text), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, RefusesNumbersThatDoNotSurvive) {
  for (const char* text : {"9223372036854775808", "-9223372036854775809", "1.0e+999", "-1.0e+999", "1.0e-999",
                           "123456789012345678901234567890"})
    EXPECT_CODE(parse(std::string("a: ") + text), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, NeverTakesALongNumberForAText) {
  for (const std::string& number : {std::string(101, '9'), std::string(127, '1'), std::string(128, '1'),
                                    std::string(600, '7'), std::string(200, '0'), "1." + std::string(600, '3'),
                                    "-" + std::string(130, '5'), std::string(150, '1') + "_000"})
    EXPECT_CODE(parse("a: " + number), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, RefusesBytesThatAreNoPlainUtf8) {
  for (const char* bytes : {"\xEF\xBB\xBF"
                            "a: 1",
                            "a: \x80", "a: \xED\xA0\x80", "a: \xC0\x80",
                            "\xFF\xFE"
                            "a"})
    EXPECT_CODE(parse(bytes), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, RefusesControlCharactersAndUnusualLineEnds) {
  for (const char* text : {"a: 1\n\x04"
                           "b: 2\n",
                           "\x04", "a: x\x01y", "a: \"x\x04y\"", "a: x\ry", "a: 1\r", "a: x\x7Fy", "a: x\u0085y",
                           "a: x\u009Fy", "a: x\u2028y", "a: x\u2029y", "a: x\uFFFEy"})
    EXPECT_CODE(parse(text), Code::DOCUMENT_INVALID);
  EXPECT_EQ(parse("a:\tx\r\nb: \"\\u0085\\x04\"\r\n"), (json{{"a", "x"}, {"b", "\u0085\x04"}}));
}

TEST(StrictYaml, SaysWhereAControlCharacterIs) {
  try {
    parse("a: 1\nb: \u00e9\x1b[0m\n");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.context().at("place"), "line 2, column 5");
  }
}

TEST(StrictYaml, ReadsExponentsOfAnyLength) {
  EXPECT_EQ(parse("[0.0e-99999, 1.0e-00001, 2.5e+000003]").dump(), "[0.0,0.1,2500.0]");
  EXPECT_CODE(parse("a: 1.0e+99999"), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, NestsThirtyTwoLevelsDeepAndNoDeeper) {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  EXPECT_FALSE(parse(nested(kMaxDepth)).empty());
  EXPECT_CODE(parse(nested(kMaxDepth + 1)), Code::DOCUMENT_INVALID);
  EXPECT_CODE(parse(std::string(100'000, '[')), Code::DOCUMENT_INVALID);
  EXPECT_CODE(parse(std::string(100'000, '{')), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, RefusesStringsBeyond64KiB) {
  EXPECT_EQ(parse("a: " + std::string(kMaxStringBytes, 'x')).at("a").get<std::string>().size(), kMaxStringBytes);
  EXPECT_CODE(parse("a: " + std::string(kMaxStringBytes + 1, 'x')), Code::DOCUMENT_INVALID);
}

TEST(StrictYaml, SaysWhereTheFaultIsAndHowToMendIt) {
  try {
    parse("a: 1\nb:\n  c: yes\n");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.context().at("place"), "line 3, column 6");
    EXPECT_NE(error.message().find("p.yaml: line 3, column 6: `yes`"), std::string::npos) << error.message();
    EXPECT_NE(error.hint().find("quotes"), std::string::npos);
  }
}

TEST(StrictYaml, LooksOnlySoFarAheadForAValue) {
  const std::string text(kMaxStringBytes, 'x');
  std::string flow = "[";
  std::string block;
  for (std::size_t size = 0; size <= kMaxYamlLookAheadBytes; size += text.size()) {
    flow += text + ", ";
    block += "- " + text + "\n";
  }
  EXPECT_CODE(parse(flow + "x]"), Code::DOCUMENT_INVALID);
  EXPECT_FALSE(parse(block).empty()) << "a value at a time, the same is readable";
}

RC_GTEST_PROP(StrictYaml, ReadsCanonicalJsonAsStrictJsonDoes, ()) {
  // Canonical JSON is YAML, save for exponents without a dot, which YAML 1.1 reads as texts.
  const std::string canonical = identity::canonical_json(*mf::testing::any_json());
  try {
    RC_ASSERT(canonical_form_of_yaml(canonical, "p.yaml") == canonical);
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Code::DOCUMENT_INVALID);
  }
}

RC_GTEST_PROP(StrictYaml, RefusesOrReadsAnyTextWithoutHarm, ()) {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      "a",  ": ",  "- ", "\n", "  ", "[",   "]",   "{",  "}", ", ", "\"",          "'",       "&x ",
      "*x", "!t ", "|",  ">",  "#",  "---", "...", "? ", "1", "\t", "%YAML 1.1\n", "\xC3\xA9"});
  std::string text;
  for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece)) text += one;
  try {
    parse(text);
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Code::DOCUMENT_INVALID);
  }
}

}  // namespace
}  // namespace mf::contracts
