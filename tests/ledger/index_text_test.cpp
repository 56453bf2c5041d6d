#include "mf/ledger/index_text.hpp"

#include <gtest/gtest.h>

namespace mf::ledger {
namespace {

constexpr std::string_view kFormat = "mf.test_index.v1 ";

TEST(IndexText, GivesItsBodyBack) {
  for (const std::string body : {"", "\n", "one\ttwo\nthree\n"})
    EXPECT_EQ(index_body(kFormat, index_text(kFormat, body)), body);
}

TEST(IndexText, IsNoneOnceAnyOfItIsAnother) {
  const std::string whole = index_text(kFormat, "one\ttwo\nthree\n");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(index_body(kFormat, changed), std::nullopt) << i;
    EXPECT_EQ(index_body(kFormat, std::string_view(whole).substr(0, i)), std::nullopt) << i;
  }
  EXPECT_EQ(index_body("mf.test_index.v2 ", whole), std::nullopt);
}

TEST(Take, TakesPartAfterPartAndLeavesWhatHasNoEnd) {
  std::string_view text = "one\t\ttwo";
  EXPECT_EQ(take(text, '\t'), "one");
  EXPECT_EQ(take(text, '\t'), "");
  EXPECT_EQ(take(text, '\t'), std::nullopt);
  EXPECT_EQ(text, "two");
}

}  // namespace
}  // namespace mf::ledger
