#include "mf/identity/characters.hpp"

#include <gtest/gtest.h>

namespace mf::identity {
namespace {

TEST(CharacterLength, CountsTheBytesOfAWellFormedCharacter) {
  EXPECT_EQ(character_length("a"), 1U);
  EXPECT_EQ(character_length("\xC3\xA9!"), 2U);
  EXPECT_EQ(character_length("\xE2\x80\xA8"), 3U);
  EXPECT_EQ(character_length("\xF0\x9F\x98\x80"), 4U);
}

TEST(CharacterLength, IsZeroWhereUtf8IsBroken) {
  EXPECT_EQ(character_length("\x80"), 0U) << "a continuation byte";
  EXPECT_EQ(character_length("\xC3"), 0U) << "cut short";
  EXPECT_EQ(character_length("\xC0\xAF"), 0U) << "overlong, two bytes";
  EXPECT_EQ(character_length("\xE0\x80\xAF"), 0U) << "overlong, three bytes";
  EXPECT_EQ(character_length("\xF0\x80\x80\xAF"), 0U) << "overlong, four bytes";
  EXPECT_EQ(character_length("\xED\xA0\x80"), 0U) << "a surrogate";
  EXPECT_EQ(character_length("\xF4\x90\x80\x80"), 0U) << "above U+10FFFF";
  EXPECT_EQ(character_length("\xFF"), 0U);
}

TEST(HiddenCharacter, IsNamedByItsNumber) {
  EXPECT_EQ(hidden_character("a\nb"), "U+000A");
  EXPECT_EQ(hidden_character("del\x7F"), "U+007F");
  EXPECT_EQ(hidden_character("\xC2\x9B"), "U+009B");
  EXPECT_EQ(hidden_character("user\xE2\x80\xAE"
                             "nimda"),
            "U+202E");
  EXPECT_EQ(hidden_character("\xD8\x9C"), "U+061C");
  EXPECT_EQ(hidden_character("a\xE2\x81\xA9"), "U+2069");
}

TEST(HiddenCharacter, IsNoneOfThoseThatShow) {
  for (const char* text : {"", "plain", "r\xC3\xA9vision", "\xE3\x83\x86\xE3\x83\x8A", "\xF0\x9F\x98\x80",
                           "\xE2\x80\x8D", "\xC2\xA0", "\xE2\x81\xA5", "\xE2\x81\xAA", "\xE2\x80\xAF"})
    EXPECT_EQ(hidden_character(text), std::nullopt) << text;
}

TEST(HiddenCharacter, IsFoundBehindBytesThatAreNoText) { EXPECT_EQ(hidden_character("\xFF\x80\x01"), "U+0001"); }

}  // namespace
}  // namespace mf::identity
