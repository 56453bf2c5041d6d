#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

std::vector<CalibrationBin> curve(const std::vector<float>& scores, const std::vector<int>& labels) {
  return ScoredRows::of(scores, labels).evaluated().calibration;
}

/// The bin that a single row with this score falls into.
std::int64_t bin_of(float score) {
  const auto bins = curve({score}, {0});
  return std::ranges::find(bins, 1, &CalibrationBin::rows) - bins.begin();
}

TEST(Calibration, HasTheEdgesOfNumpyLinspace) {
  const double edges[] = {0, .1, .2, .30000000000000004, .4, .5, .6000000000000001, .7000000000000001, .8, .9, 1};
  const auto bins = curve({}, {});
  ASSERT_EQ(std::ssize(bins), kCalibrationBins);
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    EXPECT_EQ(bins[bin].lower, edges[bin]);
    EXPECT_EQ(bins[bin].upper, edges[bin + 1]);
  }
}

TEST(Calibration, PutsAScoreOnAnEdgeIntoTheLowerBin) {
  EXPECT_EQ(bin_of(0.5F), 4);
  EXPECT_EQ(bin_of(std::nextafter(0.5F, 1.F)), 5);
  EXPECT_EQ(bin_of(1), 9);
}

TEST(Calibration, PutsZeroIntoTheFirstBin) {
  EXPECT_EQ(bin_of(0), 0);
  EXPECT_EQ(bin_of(-0.0F), 0);
  EXPECT_EQ(bin_of(std::numeric_limits<float>::denorm_min()), 0);
}

TEST(Calibration, ComparesTheScoreAsADoubleWithTheEdge) {
  EXPECT_EQ(bin_of(0.1F), 1) << "0.1F is 0.100000001490116";
  EXPECT_EQ(bin_of(0.7F), 6) << "0.7F is 0.699999988079071";
}

TEST(Calibration, KeepsEmptyBinsAndSaysThatTheyAreEmpty) {
  const auto bins = curve({.25F, .75F}, {0, 1});
  const Figure nothing{std::nullopt, "no rows in this bin"};
  for (const std::size_t empty : {0U, 1U, 3U, 4U, 5U, 6U, 8U, 9U}) {
    EXPECT_EQ(bins[empty].rows, 0);
    EXPECT_EQ(bins[empty].mean_score, nothing);
    EXPECT_EQ(bins[empty].observed_rate, nothing);
  }
}

TEST(Calibration, TellsTheMeanScoreAndTheFraudRateOfABin) {
  const auto bins = curve({.75F, .78125F, .75F, .71875F}, {1, 0, 1, 1});
  EXPECT_EQ(bins[7].rows, 4);
  EXPECT_EQ(bins[7].mean_score.value, .75);
  EXPECT_EQ(bins[7].observed_rate.value, .75);
}

TEST(ExpectedCalibrationError, WeighsEachBinByItsRows) {
  const auto metrics = ScoredRows::of({.25F, .25F, .25F, .75F}, {0, 0, 0, 1}).evaluated();
  EXPECT_EQ(metrics.figures.at("expected_calibration_error").value, .25);
  EXPECT_EQ(
      ScoredRows::of({.25F, .25F, .25F, .5F}, {0, 0, 0, 1}).evaluated().figures.at("expected_calibration_error").value,
      (3 * .25 + .5) / 4);
}

TEST(ExpectedCalibrationError, LetsErrorsInsideABinCancel) {
  EXPECT_EQ(ScoredRows::of({.5F, .5F}, {0, 1}).evaluated().figures.at("expected_calibration_error").value, 0.0);
}

TEST(ExpectedCalibrationError, NeedsARow) {
  EXPECT_EQ(ScoredRows().evaluated().figures.at("expected_calibration_error"),
            (Figure{std::nullopt, "no rows in this part"}));
}

}  // namespace
}  // namespace mf::metrics
