#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mf/engine/explanation.hpp"

namespace mf::engine {
namespace {

using ::testing::ElementsAre;

std::vector<std::uint32_t> reasons(const std::vector<float>& effects, std::size_t count) {
  std::vector<std::uint32_t> found(count, 77);
  find_reasons({0, {}, effects, 0, 0}, found);
  return found;
}

TEST(Reasons, AreWhatPushesUpMostFirst) {
  EXPECT_THAT(reasons({0.1F, -3, 0.5F, 0.2F}, 3), ElementsAre(2, 3, 0));
  EXPECT_THAT(reasons({0.4F, 0.3F, 0.2F, 0.5F}, 2), ElementsAre(3, 0));
}

TEST(Reasons, AreNoneWhereNothingMorePushesUp) {
  EXPECT_THAT(reasons({0, -1, 0.5F}, 3), ElementsAre(2, kNoReason, kNoReason));
  EXPECT_THAT(reasons({}, 1), ElementsAre(kNoReason));
}

TEST(Reasons, ThatPushAsMuchStandInTheOrderOfTheFeatures) {
  EXPECT_THAT(reasons({0.5F, 0.7F, 0.5F, 0.7F}, 4), ElementsAre(1, 3, 0, 2));
  EXPECT_THAT(reasons({0.5F, 0.5F, 0.5F}, 2), ElementsAre(0, 1));
}

TEST(Reasons, ThatNobodyAskedForAreNone) { EXPECT_TRUE(reasons({1, 2}, 0).empty()); }

}  // namespace
}  // namespace mf::engine
