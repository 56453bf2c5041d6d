#include "mf/identity/canonical_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "support/failures.hpp"
#include "support/json_values.hpp"

namespace mf::identity {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

TEST(CanonicalJson, SortsKeysByCodePoint) {
  // Byte order of UTF-8 is code point order; UTF-16 order would put the emoji before U+FF61.
  const json value = {{"b", 1}, {"a", 2}, {"B", 3}, {"", 4}, {"\xEF\xBD\xA1", 5}, {"\xF0\x9F\x98\x80", 6}, {"\x7F", 7}};
  EXPECT_EQ(canonical_json(value), R"({"":4,"B":3,"a":2,"b":1,"\u007f":7,"\uff61":5,"\ud83d\ude00":6})");
}

TEST(CanonicalJson, WritesNoSpaces) {
  EXPECT_EQ(canonical_json(json::parse(R"( { "a" : [ 1 , true , null , { } , [ ] ] } )")),
            R"({"a":[1,true,null,{},[]]})");
}

TEST(CanonicalJson, EscapesShortlyWhereThereIsAShortEscape) {
  EXPECT_EQ(canonical_json(json("\" \\ \b \f \n \r \t")), R"("\" \\ \b \f \n \r \t")");
}

TEST(CanonicalJson, EscapesOtherControlCharactersInLowerCaseHex) {
  EXPECT_EQ(canonical_json(json(std::string("\x00\x01\x0B\x1F", 4))), "\"\\u0000\\u0001\\u000b\\u001f\"");
}

TEST(CanonicalJson, EscapesDeleteButNotSlash) { EXPECT_EQ(canonical_json(json("/\x7F~")), "\"/\\u007f~\""); }

TEST(CanonicalJson, EscapesEverythingBeyondAscii) {
  EXPECT_EQ(canonical_json(json("r\xC3\xA9vision")), "\"r\\u00e9vision\"");
  EXPECT_EQ(canonical_json(json("\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF")), "\"\\u0080\\u07ff\\u0800\\uffff\"");
}

TEST(CanonicalJson, WritesSurrogatePairsAboveTheBasicPlane) {
  EXPECT_EQ(canonical_json(json("\xF0\x90\x80\x80")), "\"\\ud800\\udc00\"");
  EXPECT_EQ(canonical_json(json("\xF0\x9F\x98\x80")), "\"\\ud83d\\ude00\"");
  EXPECT_EQ(canonical_json(json("\xF4\x8F\xBF\xBF")), "\"\\udbff\\udfff\"");
}

TEST(CanonicalJson, RefusesWhatIsNotUtf8) {
  for (const char* bytes :
       {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xE2\x82", "\xE2(\xA1"}) {
    EXPECT_CODE(canonical_json(json(bytes)), Code::DOCUMENT_INVALID);
    EXPECT_CODE(canonical_json(json{{bytes, 1}}), Code::DOCUMENT_INVALID);
  }
}

TEST(CanonicalJson, WritesIntegersInDecimal) {
  EXPECT_EQ(canonical_json(json(0)), "0");
  EXPECT_EQ(canonical_json(json(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(canonical_json(json(std::numeric_limits<std::int64_t>::max())), "9223372036854775807");
  EXPECT_EQ(canonical_json(json(std::numeric_limits<std::uint64_t>::max())), "18446744073709551615");
}

struct NumberText {
  double number;
  const char* text;  // as Python's repr writes it
};

constexpr NumberText kNumberTexts[] = {
    {0.0, "0.0"},
    {-0.0, "-0.0"},
    {0.1, "0.1"},
    {1.0, "1.0"},
    {2.0, "2.0"},
    {-1.5, "-1.5"},
    {100.0, "100.0"},
    {1234.5, "1234.5"},
    {4.35, "4.35"},
    {0.30000000000000004, "0.30000000000000004"},
    {1.0 / 3.0, "0.3333333333333333"},
    {1e-4, "0.0001"},
    {0.00012345, "0.00012345"},
    {1e-5, "1e-05"},
    {1.5e-5, "1.5e-05"},
    {1.2345e-5, "1.2345e-05"},
    {123456789012345.0, "123456789012345.0"},
    {1e15, "1000000000000000.0"},
    {9007199254740993.0, "9007199254740992.0"},
    {9999999999999998.0, "9999999999999998.0"},
    {1e16, "1e+16"},
    {1.5e16, "1.5e+16"},
    {12345678901234567.0, "1.2345678901234568e+16"},
    {99999999999999980.0, "9.999999999999998e+16"},
    {1e22, "1e+22"},
    {1e23, "1e+23"},
    {1e100, "1e+100"},
    {-1e-100, "-1e-100"},
    {5e-324, "5e-324"},
    {2.2250738585072014e-308, "2.2250738585072014e-308"},
    {1.7976931348623157e308, "1.7976931348623157e+308"},
};

TEST(CanonicalNumber, WritesWhatPythonWrites) {
  for (const auto& row : kNumberTexts) {
    EXPECT_EQ(canonical_number(row.number), row.text);
    EXPECT_EQ(canonical_json(json(row.number)), row.text);
  }
}

TEST(CanonicalNumber, RefusesNanAndInfinity) {
  for (const double number : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    EXPECT_CODE(canonical_number(number), Code::DOCUMENT_INVALID);
    EXPECT_CODE(canonical_json(json{{"a", {1, number}}}), Code::DOCUMENT_INVALID);
  }
}

RC_GTEST_PROP(CanonicalNumber, IsReadBackAsTheSameNumber, (std::uint64_t bits)) {
  double number = 0;
  std::memcpy(&number, &bits, sizeof number);
  RC_PRE(std::isfinite(number));
  const double read = std::strtod(canonical_number(number).c_str(), nullptr);
  RC_ASSERT(read == number);
  RC_ASSERT(std::signbit(read) == std::signbit(number));
}

RC_GTEST_PROP(CanonicalJson, IsItsOwnCanonicalForm, ()) {
  const std::string once = canonical_json(*testing::any_json());
  RC_ASSERT(canonical_json(json::parse(once)) == once);
}

RC_GTEST_PROP(CanonicalJson, IsPlainAscii, ()) {
  const std::string text = canonical_json(*testing::any_json());
  RC_ASSERT(std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }));
}

RC_GTEST_PROP(CanonicalJson, DoesNotDependOnTheOrderOfKeys, ()) {
  using Members = std::vector<std::pair<std::string, json>>;
  const auto members = *rc::gen::uniqueBy<Members>(rc::gen::pair(testing::any_text(), testing::any_json()),
                                                   [](const auto& member) { return member.first; });
  ordered_json forwards = ordered_json::object();
  ordered_json backwards = ordered_json::object();
  for (const auto& [name, value] : members) forwards[name] = value;
  for (auto member = members.rbegin(); member != members.rend(); ++member) backwards[member->first] = member->second;
  RC_ASSERT(canonical_json(json::parse(forwards.dump())) == canonical_json(json::parse(backwards.dump())));
}

}  // namespace
}  // namespace mf::identity
