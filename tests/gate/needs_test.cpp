#include "mf/gate/needs.hpp"

#include <gtest/gtest.h>

#include "gate/policies.hpp"

namespace mf::gate {
namespace {

TEST(Needs, AreThoseOfCriteriaAndComparisonsInTheirOrder) {
  const auto needs =
      needs_of(policy({at_least("auc_roc", 0.8), by("lower", in({"channel", "web"}, at_most("brier", 1)))},
                      {not_worse("log_loss", 0.1)}));
  ASSERT_EQ(needs.size(), 3U);
  EXPECT_EQ(needs[0].metric, "auc_roc");
  EXPECT_EQ(needs[0].pointer, "/criteria/0");
  EXPECT_FALSE(needs[0].interval || needs[0].comparison || needs[0].slice);
  EXPECT_EQ(needs[1].pointer, "/criteria/1");
  EXPECT_TRUE(needs[1].interval);
  EXPECT_EQ(needs[1].slice, (contracts::Slice{"channel", "web"}));
  EXPECT_FALSE(needs[1].comparison);
  EXPECT_EQ(needs[2].pointer, "/comparisons/0");
  EXPECT_TRUE(needs[2].interval && needs[2].comparison);
}

TEST(Needs, NoIntervalForAPoint) {
  EXPECT_FALSE(needs_of(policy({by("point", at_least("auc_roc", 0.8))})).at(0).interval);
}

}  // namespace
}  // namespace mf::gate
