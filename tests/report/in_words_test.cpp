#include "report/in_words.hpp"

#include <gtest/gtest.h>

#include "report/metric_titles.hpp"

namespace mf::report {
namespace {

TEST(Number, HasTheDigitsThatAreWorthReading) {
  EXPECT_EQ(number(0.9517966), "0.9518");
  EXPECT_EQ(number(0.57), "0.5700");
  EXPECT_EQ(number(0.05), "0.0500");
  EXPECT_EQ(number(0.0020733), "0.00207");
  EXPECT_EQ(number(12.3456), "12.346");
  EXPECT_EQ(number(-0.02), "-0.0200");
  EXPECT_EQ(number(0.00001234), "1.23e-05");
  EXPECT_EQ(number(1.0), "1");
  EXPECT_EQ(number(0.0), "0");
  EXPECT_EQ(number(26751.0), "26,751");
  EXPECT_EQ(number(std::nullopt), "–");
}

TEST(Percentage, HasUpToThreeDigits) {
  EXPECT_EQ(percentage(0.00901), "0.901 %");
  EXPECT_EQ(percentage(0.005), "0.5 %");
  EXPECT_EQ(percentage(0.95), "95 %");
  EXPECT_EQ(percentage(1.0), "100 %");
  EXPECT_EQ(percentage(20.0), "2000 %");
  EXPECT_EQ(percentage(std::nullopt), "–");
}

TEST(Count, HasACommaBetweenThousands) {
  EXPECT_EQ(count(0), "0");
  EXPECT_EQ(count(999), "999");
  EXPECT_EQ(count(1000), "1,000");
  EXPECT_EQ(count(-1234567), "-1,234,567");
  EXPECT_EQ(counted(1, "row", "rows"), "1 row");
  EXPECT_EQ(counted(2000, "row", "rows"), "2,000 rows");
}

TEST(ExactNumber, IsReadBackAsItself) {
  EXPECT_EQ(exact_number(0.1), "0.1");
  EXPECT_EQ(exact_number(0.9517966288459221), "0.9517966288459221");
}

TEST(TitleOfMetric, KeepsWhatTheNameAsksFor) {
  EXPECT_EQ(title_of_metric("auc_roc"), "ROC AUC");
  EXPECT_EQ(title_of_metric("recall_at_fpr_0.01"), "Recall at a false positive rate of 0.01");
  EXPECT_EQ(title_of_metric("precision_at_50"), "Precision in the top 50");
  EXPECT_EQ(title_of_metric("precision_at_alert_rate_0.005"), "Precision at an alert rate of 0.005");
  EXPECT_EQ(title_of_metric("card_precision_ceiling_at_100"), "Highest possible card precision, top 100");
  EXPECT_EQ(title_of_metric("precision"), "Precision");
  EXPECT_EQ(title_of_metric("fpr_ratio_channel"), "Lowest to highest false positive rate by channel");
}

TEST(TitleOfMetric, LeavesUnknownNamesAlone) { EXPECT_EQ(title_of_metric("of_tomorrow"), "of_tomorrow"); }

}  // namespace
}  // namespace mf::report
