#include "mf/dataset/split.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t kHour = 3600 * kMicrosecondsPerSecond;
constexpr UtcTime kLongAfter{100'000 * kHour};

/// Rows with a label each, an hour apart unless placed elsewhere.
class SplitByTime : public ::testing::Test {
 protected:
  void add(int label, std::int64_t hour) {
    rows.labels.push_back(static_cast<std::int8_t>(label));
    rows.event_time.push_back(hour * kHour);
  }

  /// `count` rows an hour apart, of alternating classes.
  void add_alternating(int count) {
    for (int i = 0; i < count; ++i) add(i % 2, i);
  }

  Split split(const LabelHorizon& horizon = {kLongAfter, {}}) { return split_by_time(rows, horizon, fractions); }

  Error failure(const LabelHorizon& horizon = {kLongAfter, {}}) {
    try {
      split(horizon);
    } catch (const Error& error) {
      return error;
    }
    return Error(Code::INTERNAL, "nothing was refused");
  }

  static std::size_t rows_in(const Split& split, Part part) {
    return split.counts[static_cast<std::size_t>(part)].rows;
  }

  RowFacts rows;
  contracts::TrainingProfile::Split fractions{.train = 0.6, .validation = 0.2, .test = 0.2, .embargo_hours = 0};
};

TEST_F(SplitByTime, CutsAtTheFractionsOfTheEligibleRows) {
  add_alternating(10);
  const Split result = split();
  EXPECT_THAT(result.rows_of(Part::train), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(result.rows_of(Part::validation), ElementsAre(6, 7));
  EXPECT_THAT(result.rows_of(Part::test), ElementsAre(8, 9));
  EXPECT_EQ(result.validation_start->microseconds, 6 * kHour);
  EXPECT_EQ(result.test_start->microseconds, 8 * kHour);
  EXPECT_EQ(result.mature_until, std::nullopt);
  EXPECT_EQ(result.counts[0].rows, 6U);
  EXPECT_EQ(result.counts[0].positives, 3U);
}

TEST_F(SplitByTime, TakesTimeNotOrderOfRows) {
  for (int i = 9; i >= 0; --i) add(i % 2, i);
  EXPECT_THAT(split().rows_of(Part::test), ElementsAre(0, 1));
}

TEST_F(SplitByTime, IsNotMisledByRoundingOfTheFractions) {
  fractions = {.train = 0.7, .validation = 0.1, .test = 0.2, .embargo_hours = 0};  // 0.7 + 0.1 is less than 0.8
  add_alternating(100);
  const Split result = split();
  EXPECT_EQ(rows_in(result, Part::train), 70U);
  EXPECT_EQ(rows_in(result, Part::validation), 10U);
}

TEST_F(SplitByTime, PutsTiesAtACutIntoTheLaterPart) {
  for (const int hour : {0, 1, 2, 3, 5, 5, 5, 5, 8, 8, 8, 9}) add(static_cast<int>(rows.labels.size()) % 2, hour);
  fractions = {.train = 0.5, .validation = 0.25, .test = 0.25, .embargo_hours = 0};  // cuts at rows 6 and 9
  const Split result = split();
  EXPECT_THAT(result.rows_of(Part::train), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(result.rows_of(Part::validation), ElementsAre(4, 5, 6, 7));
  EXPECT_THAT(result.rows_of(Part::test), ElementsAre(8, 9, 10, 11));
}

TEST_F(SplitByTime, LeavesOutWhatComesSoonAfterACut) {
  add_alternating(30);
  fractions.embargo_hours = 2;
  const Split result = split();
  EXPECT_THAT(result.rows_of(Part::embargoed), ElementsAre(18, 19, 24, 25));
  EXPECT_THAT(result.rows_of(Part::validation), ElementsAre(20, 21, 22, 23));
  EXPECT_EQ(rows_in(result, Part::train), 18U);
  EXPECT_EQ(rows_in(result, Part::embargoed), 4U);
}

TEST_F(SplitByTime, CensorsRowsTooYoungForTheirLabels) {
  add_alternating(240);
  add(Rows::kUnknownLabel, 0);
  const Split result = split({UtcTime{240 * kHour}, 1});  // mature until hour 216
  EXPECT_EQ(result.mature_until, UtcTime{216 * kHour});
  EXPECT_EQ(result.part[216], Part::test);
  EXPECT_EQ(result.part[217], Part::immature_positive);
  EXPECT_EQ(result.part[218], Part::immature_negative);
  EXPECT_EQ(rows_in(result, Part::immature_positive), 12U);
  EXPECT_EQ(rows_in(result, Part::immature_negative), 11U);
  EXPECT_EQ(result.part[240], Part::unlabelled);
  EXPECT_EQ(rows_in(result, Part::train), 130U);  // of 217 eligible rows
}

TEST_F(SplitByTime, GivesEachRowOnePart) {
  add_alternating(100);
  add(Rows::kUnknownLabel, 1);
  const Split result = split({UtcTime{100 * kHour}, 1});
  std::size_t all = 0;
  for (const auto& counted : result.counts) all += counted.rows;
  EXPECT_EQ(all, 101U);
}

TEST_F(SplitByTime, RefusesDataOfOneClass) {
  for (int i = 0; i < 10; ++i) add(0, i);
  EXPECT_EQ(failure().code(), Code::DATA_INVALID);
  EXPECT_THAT(failure().message(), HasSubstr("all labels are one class"));
}

TEST_F(SplitByTime, RefusesDataWithoutLabels) {
  add(Rows::kUnknownLabel, 0);
  EXPECT_EQ(failure().code(), Code::DATA_INVALID);
  EXPECT_THAT(failure().message(), HasSubstr("no row has a known label"));
}

TEST_F(SplitByTime, RefusesAPartOfOneClassWithAllCounts) {
  for (int i = 0; i < 10; ++i) add(i < 6 ? i % 2 : 0, i);
  const Error error = failure();
  EXPECT_EQ(error.code(), Code::SPLIT_INVALID);
  EXPECT_EQ(
      error.message(),
      "the validation part has no positives; train (6 rows, 3 positive), validation (2 rows, 0 positive), test (2 "
      "rows, 0 positive), unlabelled (0 rows, 0 positive), immature_negative (0 rows, 0 positive), "
      "immature_positive (0 rows, 0 positive), embargoed (0 rows, 0 positive)");
  EXPECT_EQ(error.context().at("part"), "validation");
  EXPECT_EQ(error.context().at("train"), "6 rows, 3 positive");
}

TEST_F(SplitByTime, RefusesAPartWithoutNegatives) {
  for (int i = 0; i < 10; ++i) add(i < 8 ? i % 2 : 1, i);
  EXPECT_THAT(failure().message(), HasSubstr("the test part has no negatives"));
}

TEST_F(SplitByTime, RefusesAPartWithoutRows) {
  for (int i = 0; i < 10; ++i) add(i % 2, 5);
  EXPECT_EQ(failure().code(), Code::SPLIT_INVALID);
  EXPECT_THAT(failure().message(), HasSubstr("the train part has no rows"));
}

TEST_F(SplitByTime, RefusesADatasetThatIsAllImmature) {
  add_alternating(10);
  const Error error = failure({UtcTime{10 * kHour}, 1'000'000'000'000});
  EXPECT_EQ(error.code(), Code::SPLIT_INVALID);
  EXPECT_THAT(error.message(),
              HasSubstr("immature_negative (5 rows, 0 positive), immature_positive (5 rows, 5 positive)"));
}

TEST_F(SplitByTime, RefusesFractionsThatDoNotMakeAWhole) {
  add_alternating(10);
  const std::array<double, 4> wrong_ones[] = {{0.6, 0.2, 0.1, 0},  {0.6, 0.2, 0.20001, 0}, {0.8, 0.2, 0, 0},
                                              {1.2, -0.4, 0.2, 0}, {0.6, 0.2, 0.2, -1},    {0.6, 0.2, 0.2, 1e18}};
  for (const auto& wrong : wrong_ones) {
    fractions = {.train = wrong[0], .validation = wrong[1], .test = wrong[2], .embargo_hours = wrong[3]};
    EXPECT_EQ(failure().code(), Code::TRAINING_PROFILE_INVALID) << wrong[0] << ' ' << wrong[2];
  }
  fractions = {.train = 0.6, .validation = 0.4};
  EXPECT_EQ(failure().code(), Code::TRAINING_PROFILE_INVALID);
}

TEST_F(SplitByTime, CutsAtTheTimesOfTheProfile) {
  add_alternating(10);
  fractions = {.validation_start_utc = "1970-01-01T04:00:00Z", .test_start_utc = "1970-01-01T08:00:00+01:00"};
  const Split result = split();
  EXPECT_THAT(result.rows_of(Part::validation), ElementsAre(4, 5, 6));
  EXPECT_THAT(result.rows_of(Part::test), ElementsAre(7, 8, 9));
  EXPECT_EQ(result.test_start, UtcTime{7 * kHour});
}

TEST_F(SplitByTime, RefusesCutTimesThatCannotBe) {
  add_alternating(10);
  const std::string at_four = "1970-01-01T04:00:00Z", at_seven = "1970-01-01T07:00:00Z";
  for (const contracts::TrainingProfile::Split& wrong :
       {contracts::TrainingProfile::Split{.validation_start_utc = at_seven, .test_start_utc = at_four},
        contracts::TrainingProfile::Split{.validation_start_utc = at_four, .test_start_utc = at_four},
        contracts::TrainingProfile::Split{.validation_start_utc = "yesterday", .test_start_utc = at_four},
        contracts::TrainingProfile::Split{.validation_start_utc = at_four},
        contracts::TrainingProfile::Split{.test_start_utc = at_four}}) {
    fractions = wrong;
    EXPECT_EQ(failure().code(), Code::TRAINING_PROFILE_INVALID);
  }
}

/// Ten rows of train manifests around four of an evaluation manifest.
class SplitByRole : public SplitByTime {
 protected:
  SplitByRole() {
    for (int i = 0; i < 6; ++i) add(i % 2, i);
    for (int i = 10; i < 14; ++i) add(i % 2, i);
    for (int i = 6; i < 10; ++i) add(i % 2, i);
  }

  Split split_roles() { return split_by_time(rows, {kLongAfter, {}}, fractions, {{6, 10}}); }
};

TEST_F(SplitByRole, TestsWhatManifestsGiveForIt) {
  const Split result = split_roles();
  EXPECT_THAT(result.rows_of(Part::test), ElementsAre(6, 7, 8, 9));
  EXPECT_THAT(result.rows_of(Part::train), ElementsAre(0, 1, 2, 3, 4, 5, 10));  // 0.75 of ten, cut down
  EXPECT_THAT(result.rows_of(Part::validation), ElementsAre(11, 12, 13));
  EXPECT_EQ(result.validation_start, UtcTime{7 * kHour});
  EXPECT_EQ(result.test_start, UtcTime{10 * kHour});
}

TEST_F(SplitByRole, TakesOneCutTimeOnly) {
  fractions = {.validation_start_utc = "1970-01-01T04:00:00Z"};
  EXPECT_THAT(split_roles().rows_of(Part::train), ElementsAre(0, 1, 2, 3));
  fractions.test_start_utc = "1970-01-01T10:00:00Z";
  EXPECT_THROW(split_roles(), Error);
}

TEST_F(SplitByRole, LeavesTheEmbargoAfterTheLastRowBefore) {
  fractions = {.train = 0.4, .validation = 0.4, .test = 0.2, .embargo_hours = 2};  // from hour 5, and from hour 9
  const Split result = split_roles();
  EXPECT_THAT(result.rows_of(Part::embargoed), ElementsAre(5, 6, 10));
  EXPECT_THAT(result.rows_of(Part::validation), ElementsAre(11, 12, 13));
  EXPECT_THAT(result.rows_of(Part::test), ElementsAre(7, 8, 9));
}

TEST_F(SplitByRole, LeavesAnEvaluationThatBeginsEarlyToTheGuards) {
  rows.event_time[6] = 0;
  EXPECT_EQ(split_roles().part[6], Part::test);
}

TEST_F(SplitByTime, MayLetEveryEligibleRowTest) {
  add_alternating(8);
  add(-1, 8);
  add(1, 2000);
  const Split result = split_all_test(rows, {UtcTime{2000 * kHour}, 1});
  EXPECT_THAT(result.rows_of(Part::test), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(result.rows_of(Part::unlabelled), ElementsAre(8));
  EXPECT_THAT(result.rows_of(Part::immature_positive), ElementsAre(9));
  EXPECT_EQ(result.counts[static_cast<std::size_t>(Part::train)].rows, 0U);
  EXPECT_TRUE(result.only_tests);
  EXPECT_FALSE(result.test_start);
}

TEST_F(SplitByTime, NeedsBothClassesWhereEveryRowTests) {
  add(0, 0);
  add(0, 1);
  add(1, 2000);
  try {
    split_all_test(rows, {UtcTime{2000 * kHour}, 1});
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::SPLIT_INVALID);
    EXPECT_THAT(error.message(), HasSubstr("the test part has no positives"));
  }
}

}  // namespace
}  // namespace mf::dataset
