#include "factory/observation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/failures.hpp"

namespace mf::factory {
namespace {

class ObservationTest : public ::testing::Test {
 protected:
  ObservationTest() {
    auto& test = evaluation_.parts["test"];
    test.rows = 100;
    test.positives = 7;
    test.figures = {{"auc_roc", 0.9}, {"recall_at_fpr_0.05", 0.5}, {"mcc", std::nullopt}};
    test.undefined = {{"mcc", "no alerts"}};
    test.intervals["auc_roc"] = {0.8, 0.95, 200, {}};
    test.intervals["mcc"] = {{}, {}, 3, "defined in 3 of 200 resamples"};
    contracts::SliceFigures slice;
    slice.part = "test";
    slice.column = "channel";
    slice.value = "web";
    slice.rows = 40;
    slice.figures = {{"auc_roc", 0.7}};
    evaluation_.slices = {slice};
  }

  void compared(const std::string& metric, double candidate, double baseline, double lower, double upper) {
    contracts::BaselineComparison comparison;
    comparison.part = "test";
    comparison.rows = 100;
    comparison.figures[metric] = {candidate, baseline, candidate - baseline, {lower, upper, 200, {}}};
    evaluation_.comparisons = {comparison};
  }

  Evaluation evaluation_;
  EvaluationObserver observer_{evaluation_};
};

TEST_F(ObservationTest, IsTheFigureWithItsIntervalAndSupport) {
  const auto seen = observer_.observe({"test", "auc_roc", {}});
  EXPECT_EQ(seen.value, 0.9);
  EXPECT_EQ(seen.lower, 0.8);
  EXPECT_EQ(seen.upper, 0.95);
  EXPECT_EQ(seen.support.rows, 100);
  EXPECT_EQ(seen.support.frauds, 7);
}

TEST_F(ObservationTest, FindsAFigureHoweverItsNumberIsSpelt) {
  EXPECT_EQ(observer_.observe({"test", "recall_at_fpr_0.050", {}}).value, 0.5);
}

TEST_F(ObservationTest, SaysWhyThereIsNoFigureAndNoInterval) {
  const auto seen = observer_.observe({"test", "mcc", {}});
  EXPECT_FALSE(seen.value);
  EXPECT_EQ(seen.reason, "no alerts");
  EXPECT_EQ(seen.interval_reason, "defined in 3 of 200 resamples");
  EXPECT_EQ(observer_.observe({"test", "recall_at_fpr_0.05", {}}).interval_reason, "no interval was computed");
}

TEST_F(ObservationTest, IsOfTheSliceThatIsAskedFor) {
  EXPECT_EQ(observer_.observe({"test", "auc_roc", gate::SliceValue{"channel", "web"}}).value, 0.7);
  EXPECT_EQ(observer_.values_of("test", "channel"), std::vector<std::string>{"web"});
  EXPECT_TRUE(observer_.values_of("validation", "channel").empty());
}

TEST_F(ObservationTest, OfASliceWithoutRowsIsUndefined) {
  const auto seen = observer_.observe({"test", "auc_roc", gate::SliceValue{"channel", "phone"}});
  EXPECT_FALSE(seen.value);
  EXPECT_EQ(seen.reason, "no rows in this slice");
  EXPECT_EQ(seen.support.rows, 0);
}

TEST_F(ObservationTest, OfWhatWasNotComputedIsABug) {
  EXPECT_CODE(observer_.observe({"test", "brier", {}}), Code::INTERNAL);
  EXPECT_CODE(observer_.observe({"test", "no_such_metric", {}}), Code::INTERNAL);
}

TEST_F(ObservationTest, OfADifferenceIsPositiveWhereTheCandidateIsBetter) {
  compared("auc_roc", 0.9, 0.8, 0.05, 0.2);
  auto seen = observer_.compare({"test", "auc_roc", {}});
  EXPECT_DOUBLE_EQ(*seen.difference, 0.1);
  EXPECT_EQ(seen.lower, 0.05);
  compared("brier", 0.02, 0.03, -0.04, 0.01);
  seen = observer_.compare({"test", "brier", {}});
  EXPECT_DOUBLE_EQ(*seen.difference, 0.01) << "a lower Brier score is better";
  EXPECT_EQ(seen.lower, -0.01);
  EXPECT_EQ(seen.upper, 0.04);
}

TEST_F(ObservationTest, OfNoDifferenceIsNoNegativeZero) {
  compared("brier", 0.02, 0.02, 0, 0);
  const auto seen = observer_.compare({"test", "brier", {}});
  for (const auto& number : {seen.difference, seen.lower, seen.upper}) EXPECT_FALSE(std::signbit(*number));
}

}  // namespace
}  // namespace mf::factory
