#include "contracts/stripped.hpp"

#include <gtest/gtest.h>

namespace mf::contracts {
namespace {

TEST(Stripped, TakesAwayWhatPythonTakesAway) {
  EXPECT_EQ(stripped(" \t\n\v\f\r\x1c\x1d\x1e\x1f"
                     "a b\x1f "),
            "a b");
  EXPECT_EQ(
      stripped("\xC2\x85\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F"
               "\xE3\x80\x80x\xE3\x80\x80\xC2\xA0"),
      "x");
}

TEST(Stripped, KeepsWhatPythonKeeps) {
  // Zero width space, byte order mark, NUL and DEL are no white space.
  for (const std::string& text :
       {std::string("\xE2\x80\x8B"), std::string("\xEF\xBB\xBF"), std::string(1, '\0'), std::string("\x7F")})
    EXPECT_EQ(stripped(text), text);
}

TEST(Stripped, LeavesNothingOfBlanks) {
  EXPECT_EQ(stripped(""), "");
  EXPECT_EQ(stripped(" \xE2\x80\x83 "), "");
}

}  // namespace
}  // namespace mf::contracts
