#include "dataset/demo_features.hpp"

#include <gtest/gtest.h>

namespace mf::dataset {
namespace {

/// Two cards and three merchants, the last of another category.
class DemoHistoryTest : public testing::Test {
 protected:
  DemoHistoryTest() {
    world_.cards.resize(2);
    world_.merchants = {{.category = 0}, {.category = 0}, {.category = 1}};
    history_.emplace(world_);
  }

  DemoFeatures buy(std::int64_t second, std::size_t card, std::size_t merchant, std::int64_t cents = 1'000) {
    return history_->look_back(
        {.second = second, .card = card, .merchant = merchant, .cents = cents, .label_second = INT64_MAX});
  }

  /// A purchase of the second card whose label becomes known at `known`.
  DemoFeatures buy_labelled(std::int64_t second, std::int64_t known, bool fraud) {
    return history_->look_back({.second = second, .card = 1, .cents = 1'000, .fraud = fraud, .label_second = known});
  }

  DemoWorld world_;
  std::optional<DemoHistory> history_;
};

TEST_F(DemoHistoryTest, ACardsFirstHasNoPast) {
  const auto first = buy(1'000, 0, 0);
  EXPECT_FALSE(first.seconds_since_last);
  EXPECT_FALSE(first.permille_of_mean);
  EXPECT_EQ(first.count_24h, 0);
  EXPECT_EQ(first.merchants_24h, 1);
  EXPECT_TRUE(first.new_merchant);
}

TEST_F(DemoHistoryTest, AnotherCardsPurchasesAreNotCounted) {
  buy(1'000, 1, 0);
  const auto first = buy(1'001, 0, 0);
  EXPECT_EQ(first.count_1h, 0);
  EXPECT_TRUE(first.new_merchant);
  EXPECT_EQ(first.merchant_count_1h, 1);
}

TEST_F(DemoHistoryTest, WindowsAreOpenAtTheirOldEnd) {
  buy(0, 0, 0);
  EXPECT_EQ(buy(kHour - 1, 0, 1).count_1h, 1);
  EXPECT_EQ(buy(kHour, 0, 1).count_1h, 1);  // the purchase at 0 is an hour old and out
  EXPECT_EQ(buy(kDay, 0, 1).count_24h, 2);  // and now a day old
}

TEST_F(DemoHistoryTest, CountsEachMerchantOfTheDayOnce) {
  buy(0, 0, 0);
  buy(10, 0, 1);
  EXPECT_EQ(buy(20, 0, 0).merchants_24h, 2);
  EXPECT_EQ(buy(30, 0, 2).merchants_24h, 3);
}

TEST_F(DemoHistoryTest, AMerchantIsNewAgainAfterAMonth) {
  buy(0, 0, 0);
  EXPECT_FALSE(buy(30 * kDay - 1, 0, 0).new_merchant);
  EXPECT_TRUE(buy(60 * kDay, 0, 0).new_merchant);
}

TEST_F(DemoHistoryTest, ComparesTheAmountWithTheMeanBefore) {
  buy(0, 0, 0, 1'000);
  buy(1, 0, 0, 3'000);
  EXPECT_EQ(buy(2, 0, 0, 5'000).permille_of_mean, 2'500);
}

TEST_F(DemoHistoryTest, KnowsALabelFromTheInstantItWasObserved) {
  for (std::int64_t i = 0; i < 49; ++i) buy_labelled(i, 1'000, false);
  buy_labelled(50, 2'000, true);
  EXPECT_FALSE(buy(1'999, 0, 0).category_fraud_per_100k);
  EXPECT_EQ(buy(2'000, 0, 0).category_fraud_per_100k, 2'000);
  EXPECT_FALSE(buy(2'001, 0, 2).category_fraud_per_100k) << "another category";
  EXPECT_FALSE(buy(1'000 + 30 * kDay, 0, 0).category_fraud_per_100k) << "most labels are a month old";
}

}  // namespace
}  // namespace mf::dataset
