#include "mf/observability/printable.hpp"

#include <gtest/gtest.h>

namespace mf::observability {
namespace {

TEST(Printable, LeavesOrdinaryTextAsItIs) {
  EXPECT_EQ(printable("caf\xC3\xA9 \xE2\x82\xAC 5 \xF0\x9F\x92\xB3 'a b'"),
            "caf\xC3\xA9 \xE2\x82\xAC 5 \xF0\x9F\x92\xB3 'a b'");
}

TEST(Printable, KeepsOneLineOneLine) { EXPECT_EQ(printable("a\nb\tc\rd"), "a\\nb\\tc\\rd"); }

TEST(Printable, TakesCommandsAwayFromTerminals) {
  EXPECT_EQ(printable("\x1b[31mred\x7f"), "\\x1b[31mred\\x7f");
  EXPECT_EQ(printable("\xC2\x9B"
                      "2J"),
            "\\xc2\\x9b2J")
      << "C1 CSI";
}

TEST(Printable, ShowsBytesThatAreNoUtf8) {
  EXPECT_EQ(printable("\xFFz"), "\\xffz");
  EXPECT_EQ(printable("\xC0\xAF"), "\\xc0\\xaf") << "overlong";
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(printable("\xE2\x82"), "\\xe2\\x82") << "cut short";
}

TEST(Printable, ShowsAZeroByte) { EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b"); }

TEST(Printable, ShowsCharactersThatTurnText) {
  EXPECT_EQ(printable("a\xE2\x80\xAE"
                      "b"),
            "a\\xe2\\x80\\xaeb");
}

TEST(Printable, JsonSaysTheSameOpenly) {
  EXPECT_EQ(printable_json("{\"a\":\"caf\xC3\xA9\xE2\x80\xAE\x7F\xC2\x9B\"}"),
            "{\"a\":\"caf\xC3\xA9\\u202E\\u007F\\u009B\"}");
}

TEST(Shortened, ErrorIsTheSameWhereItIsShort) {
  const Error error = shortened(Error(Code::REQUEST_INVALID, "no", {{"pointer", "/a"}}, "fix it"));
  EXPECT_EQ(error.message(), "no");
  EXPECT_EQ(error.context().at("pointer"), "/a");
  EXPECT_EQ(error.hint(), "fix it");
}

TEST(Shortened, ErrorTellsHowLongItWas) {
  const Error error =
      shortened(Error(Code::REQUEST_INVALID, std::string(2000, 'x'), {{"found", std::string(5000, 'y')}}));
  EXPECT_EQ(error.message(), std::string(1000, 'x') + "... (2000 bytes)");
  EXPECT_EQ(error.context().at("found"), std::string(4000, 'y') + "... (5000 bytes)");
}

TEST(Shortened, ErrorEndsWithAWholeCharacter) {
  const Error error = shortened(Error(Code::REQUEST_INVALID, std::string(999, 'x') + "\xC3\xA9"));
  EXPECT_EQ(error.message(), std::string(999, 'x') + "... (1001 bytes)");
}

}  // namespace
}  // namespace mf::observability
