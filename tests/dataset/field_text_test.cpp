#include "dataset/field_text.hpp"

#include <gtest/gtest.h>

namespace mf::dataset {
namespace {

TEST(FieldText, KnowsUtf8FromOtherBytes) {
  for (const auto* good : {"", "abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x92\xB3", "tab\tand\nline"}) {
    EXPECT_TRUE(is_clean_text(good)) << good;
  }
  for (const auto* bad :
       {"\xFF", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "a\x80", "\xE2\x82"}) {
    EXPECT_FALSE(is_clean_text(bad)) << bad;
  }
  EXPECT_FALSE(is_clean_text(std::string_view("a\0b", 3)));
}

TEST(FieldText, ShowsOnlyPrintableCharactersAndFewOfThem) {
  EXPECT_EQ(printable("a\nb\xC3\xA9"
                      "c"),
            "a?b?c");
  EXPECT_EQ(printable("0123456789", 4), "0123...");
  EXPECT_EQ(printable("0123", 4), "0123");
}

TEST(FieldText, DescribesAFieldByItsShape) {
  EXPECT_EQ(shape_of("abc12", Show::text), "text of 5 characters 'abc12'");
  EXPECT_EQ(shape_of("x", Show::text), "text of 1 character 'x'");
  EXPECT_EQ(shape_of("", Show::text), "an empty field");
  EXPECT_EQ(shape_of("card_12", Show::length_only), "text of 7 characters");
}

}  // namespace
}  // namespace mf::dataset
