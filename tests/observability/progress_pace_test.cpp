#include "observability/progress_pace.hpp"

#include <gtest/gtest.h>

namespace mf::observability {
namespace {

using namespace std::chrono_literals;

const ProgressPace::Time kStart{};

TEST(ProgressPace, TellsOnceInEveryInterval) {
  ProgressPace pace(10s);
  EXPECT_FALSE(pace.is_due("training", kStart));
  EXPECT_FALSE(pace.is_due("training", kStart + 9s));
  EXPECT_TRUE(pace.is_due("training", kStart + 10s));
  EXPECT_FALSE(pace.is_due("training", kStart + 19s));
  EXPECT_TRUE(pace.is_due("training", kStart + 20s));
}

TEST(ProgressPace, StartsAnewWithAnotherStep) {
  ProgressPace pace(10s);
  EXPECT_FALSE(pace.is_due("reading", kStart));
  EXPECT_FALSE(pace.is_due("training", kStart + 15s));
  EXPECT_TRUE(pace.is_due("training", kStart + 25s));
}

TEST(ProgressPace, EstimatesFromWhatHasPassed) {
  ProgressPace pace(10s);
  EXPECT_FALSE(pace.is_due("training", kStart));
  EXPECT_EQ(pace.seconds_left(25, 100, kStart + 10s), 30);
}

TEST(ProgressPace, EstimatesNothingBeforeTheFirstPieceNorAfterTheLast) {
  const ProgressPace pace(10s);
  EXPECT_EQ(pace.seconds_left(0, 100, kStart + 10s), std::nullopt);
  EXPECT_EQ(pace.seconds_left(100, 100, kStart + 10s), std::nullopt);
}

TEST(ProgressLine, SaysHowFarAndHowLong) {
  EXPECT_EQ(progress_line("training", 210, 500, "logloss 0.08", 75),
            "training  42% (210/500), about 1 min 15 s left, logloss 0.08");
}

TEST(ProgressLine, NamesNoPercentageWhereTheWholeIsUnknown) {
  EXPECT_EQ(progress_line("reading", 7, 0, "", {}), "reading (7)");
}

TEST(ProgressLine, ReachesAHundredOnlyAtTheEnd) {
  EXPECT_EQ(progress_line("training", 999, 1000, "", {}), "training  99% (999/1000)");
  EXPECT_EQ(progress_line("training", 1000, 1000, "", {}), "training  100% (1000/1000)");
}

}  // namespace
}  // namespace mf::observability
