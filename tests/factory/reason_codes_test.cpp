#include "factory/reason_codes.hpp"

#include <gtest/gtest.h>

#include "mf/engine/explanation.hpp"

namespace mf::factory {
namespace {

using engine::kNoReason;

const std::vector<std::string> kNames{"amount", "a;b", "c\\d"};

std::string text(const std::vector<std::uint32_t>& reasons) { return reason_codes_text(reasons, kNames); }

TEST(ReasonCodes, AreNamesJoinedBySemicolons) {
  EXPECT_EQ(text({0}), "amount");
  EXPECT_EQ(reason_codes_text(std::vector<std::uint32_t>{1, 0}, {"x", "y"}), "y;x");
}

TEST(ReasonCodes, AreNoneWhereNothingRaisesTheScore) {
  EXPECT_EQ(text({kNoReason, kNoReason}), "");
  EXPECT_EQ(text({0, kNoReason}), "amount");
}

TEST(ReasonCodes, CanBeTakenApartWhateverTheNames) { EXPECT_EQ(text({1, 2, 0}), "a\\;b;c\\\\d;amount"); }

}  // namespace
}  // namespace mf::factory
