#include "mf/dataset/leakage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dataset/spilled.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr UtcTime kAsof{1'000};

const GuardFinding& finding(const std::vector<GuardFinding>& findings, const std::string& guard) {
  for (const auto& each : findings) {
    if (each.guard == guard) return each;
  }
  throw std::out_of_range(guard);
}

void expect_clear(const GuardFinding& found, std::size_t checked) {
  EXPECT_EQ(found.status, "clear") << found.guard;
  EXPECT_EQ(found.rows_checked, checked) << found.guard;
  EXPECT_EQ(found.rows_offending, 0U) << found.guard;
  EXPECT_THAT(found.sample_keys, IsEmpty());
}

void expect_violated(const GuardFinding& found, std::size_t offending, std::size_t checked) {
  EXPECT_EQ(found.status, "violated") << found.guard;
  EXPECT_EQ(found.rows_offending, offending) << found.guard;
  EXPECT_EQ(found.rows_checked, checked) << found.guard;
}

/// Rows that offend no guard until one is spoiled.
class CheckRows : public ::testing::Test {
 protected:
  CheckRows() {
    for (int i = 0; i < 8; ++i) {
      rows.keys.append("e" + std::to_string(i));
      rows.event_time.push_back(i * 10);
      rows.labels.push_back(static_cast<std::int8_t>(i % 2));
      rows.label_time.push_back(i * 10 + 5);
    }
  }

  [[nodiscard]] std::vector<GuardFinding> check_rows() const {
    RowGuards guards(kAsof);
    guards.see(rows);
    auto findings = guards.findings();
    findings.push_back(check_keys(testing::spilled(rows, 3)));
    return findings;
  }
  GuardFinding check(const std::string& guard) { return finding(check_rows(), guard); }

  Rows rows;
};

TEST_F(CheckRows, FindsNothingInCleanRows) {
  rows.feature_time = rows.event_time;
  const auto findings = check_rows();
  EXPECT_EQ(findings.size(), 6U);
  for (const auto& found : findings) expect_clear(found, 8);
  EXPECT_NO_THROW(require_clear(findings));
}

TEST_F(CheckRows, FindsLabelsObservedAfterTheAsOfTime) {
  rows.label_time[3] = 1'001;
  rows.label_time[4] = 1'000;
  const auto found = check("label_observed_after_asof");
  expect_violated(found, 1, 8);
  EXPECT_THAT(found.sample_keys, ElementsAre("e3"));
}

TEST_F(CheckRows, AsksUnknownLabelsNothing) {
  rows.labels[3] = Rows::kUnknownLabel;
  rows.label_time[3] = 5'000;
  expect_clear(check("label_observed_after_asof"), 7);
  rows.label_time[3] = Rows::kNoTime;
  expect_clear(check("label_without_observed_time"), 7);
  expect_clear(check("label_observed_before_event"), 7);
}

TEST_F(CheckRows, FindsEventsAfterTheAsOfTime) {
  rows.event_time[7] = 1'001;
  expect_violated(check("event_after_asof"), 1, 8);
  rows.event_time[7] = 1'000;
  expect_clear(check("event_after_asof"), 8);
}

TEST_F(CheckRows, FindsKnownLabelsWithoutATime) {
  rows.label_time[0] = Rows::kNoTime;
  expect_violated(check("label_without_observed_time"), 1, 8);
  expect_clear(check("label_observed_after_asof"), 8);
  expect_clear(check("label_observed_before_event"), 7);
}

TEST_F(CheckRows, FindsFeaturesComputedAfterTheirEvent) {
  EXPECT_EQ(check("feature_after_event").status, "not_applicable");
  EXPECT_THAT(check("feature_after_event").note, HasSubstr("feature_time"));
  rows.feature_time = rows.event_time;
  rows.feature_time[2] += 1;
  expect_violated(check("feature_after_event"), 1, 8);
}

TEST_F(CheckRows, FindsLabelsObservedBeforeTheirEvent) {
  rows.label_time[5] = 49;
  rows.label_time[6] = 60;
  const auto found = check("label_observed_before_event");
  expect_violated(found, 1, 8);
  EXPECT_THAT(found.sample_keys, ElementsAre("e5"));
}

TEST_F(CheckRows, CountsRepeatedKeysBeyondTheFirst) {
  TextColumn keys;
  for (const auto* key : {"b", "a", "b", "c", "a", "b", "", ""}) keys.append(key);
  rows.keys = keys;
  const auto found = check("duplicate_subject_keys");
  expect_violated(found, 4, 8);
  EXPECT_THAT(found.sample_keys, ElementsAre("b", "a", "b", ""));
}

TEST_F(CheckRows, AddsUpWhatPortionsHold) {
  rows.event_time[7] = 1'001;
  RowGuards guards(kAsof);
  for (int portion = 0; portion < 3; ++portion) guards.see(rows);
  const auto found = finding(guards.findings(), "event_after_asof");
  expect_violated(found, 3, 24);
  EXPECT_THAT(found.sample_keys, ElementsAre("e7", "e7", "e7"));
}

TEST_F(CheckRows, ShowsAtMostFiveKeysInRowOrder) {
  for (auto& time : rows.event_time) time = 2'000;
  EXPECT_THAT(check("event_after_asof").sample_keys, ElementsAre("e0", "e1", "e2", "e3", "e4"));
}

TEST_F(CheckRows, MakesAViolationAnErrorWithCountsAndKeys) {
  rows.label_time[3] = rows.label_time[4] = 1'001;
  try {
    require_clear(check_rows());
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::LEAKAGE_GUARD_VIOLATION);
    EXPECT_EQ(
        error.message(),
        "label_observed_after_asof: 2 of 8 labelled rows have a label observed after label_asof_utc, such as e3, e4");
    EXPECT_EQ(error.context().at("rows_offending"), "2");
    EXPECT_EQ(error.context().at("sample_keys"), "e3, e4");
    EXPECT_THAT(error.hint(), HasSubstr("Cut the labels"));
  }
}

TEST_F(CheckRows, HasAnErrorForEachGuard) {
  for (const auto* guard :
       {"label_observed_after_asof", "event_after_asof", "label_without_observed_time", "feature_after_event",
        "label_observed_before_event", "duplicate_subject_keys", "parts_overlap_in_time", "entity_overlap",
        "single_feature_auc", "duplicate_feature_rows", "id_like_feature"}) {
    try {
      require_clear(
          {{.guard = guard, .status = "violated", .rows_checked = 2, .rows_offending = 1, .sample_keys = {"a\nb"}}});
      ADD_FAILURE() << guard;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::LEAKAGE_GUARD_VIOLATION) << guard;
      EXPECT_THAT(error.message(), HasSubstr("such as a?b"));
    }
  }
}

/// Eight rows: four train, two validate, two test.
class CheckSplit : public CheckRows {
 protected:
  CheckSplit() {
    split.part = {Part::train,      Part::train,      Part::train, Part::train,
                  Part::validation, Part::validation, Part::test,  Part::test};
    rows.feature_names = {"good", "leak"};
    for (std::size_t i = 0; i < 8; ++i) {
      rows.features.push_back(static_cast<float>(i / 2));
      rows.features.push_back(-static_cast<float>(rows.labels[i]));
    }
  }

  void give_entities(const std::vector<std::string>& entities) {
    TextColumn column;
    for (const auto& entity : entities) column.append(entity);
    rows.entities = column;
  }

  /// Gives row `to` the features of row `source`.
  void repeat(std::size_t to, std::size_t source) {
    std::copy_n(rows.features.begin() + 2 * static_cast<std::ptrdiff_t>(source), 2,
                rows.features.begin() + 2 * static_cast<std::ptrdiff_t>(to));
  }

  GuardFinding check(const std::string& guard) {
    return finding(check_split(testing::spilled(rows, 3), split, leakage, 2).guards, guard);
  }

  Split split;
  contracts::TrainingProfile::Leakage leakage;
};

TEST_F(CheckSplit, FindsNothingInCleanParts) {
  const auto findings = check_split(testing::spilled(rows), split, leakage, 1).guards;
  EXPECT_EQ(findings.size(), 5U);
  expect_clear(finding(findings, "parts_overlap_in_time"), 8);
  EXPECT_NO_THROW(require_clear(findings));
}

TEST_F(CheckSplit, FindsPartsThatOverlapInTime) {
  rows.event_time[1] = rows.event_time[4];
  rows.event_time[5] = rows.event_time[6] + 1;
  const auto found = check("parts_overlap_in_time");
  expect_violated(found, 2, 8);
  EXPECT_THAT(found.sample_keys, ElementsAre("e1", "e5"));
}

TEST_F(CheckSplit, LeavesRowsOutsideThePartsAlone) {
  split.part[0] = Part::embargoed;
  rows.event_time[0] = 900;
  expect_clear(check("parts_overlap_in_time"), 7);
}

TEST_F(CheckSplit, HasNothingToSayOfEntitiesWithoutAColumn) {
  EXPECT_EQ(check("entity_overlap").status, "not_applicable");
  EXPECT_NO_THROW(require_clear({check("entity_overlap")}));
}

TEST_F(CheckSplit, RefusesADemandThatCannotBeLookedAt) {
  leakage.forbid_entity_overlap = true;
  try {
    require_clear({check("entity_overlap")});
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::LEAKAGE_GUARD_VIOLATION);
    EXPECT_EQ(error.message(),
              "entity_overlap: the profile demands it, and it cannot look: the dataset has no entity_key column");
  }
  give_entities({"", "", "", "", "", "", "", ""});
  EXPECT_THROW(require_clear({check("entity_overlap")}), Error);
  leakage.forbid_entity_overlap = false;
  expect_clear(check("entity_overlap"), 8);
}

TEST_F(CheckSplit, DemandsEntitiesOfASplitByEntity) {
  split.entity_cuts = EntityCuts{0.5, 0.75};
  EXPECT_EQ(check("parts_overlap_in_time").status, "not_applicable");
  EXPECT_FALSE(check("parts_overlap_in_time").demanded);
  give_entities({"a", "b", "c", "a", "e", "b", "a", "a"});
  expect_violated(check("entity_overlap"), 3, 8);
}

TEST_F(CheckSplit, CountsWhatEachPairOfPartsShares) {
  give_entities({"a", "b", "c", "a", "b", "b", "a", "b"});
  repeat(5, 1);  // validation like train
  repeat(6, 5);  // test like both
  const auto overlaps = check_split(testing::spilled(rows), split, leakage, 1).overlaps;
  ASSERT_EQ(overlaps.size(), 3U);
  EXPECT_EQ(overlaps[0].entities, 1U);  // b
  EXPECT_EQ(overlaps[0].entity_rows, 2U);
  EXPECT_EQ(overlaps[1].entities, 2U);  // a, b
  EXPECT_EQ(overlaps[1].entity_rows, 2U);
  EXPECT_EQ(overlaps[2].entities, 1U);  // b
  EXPECT_EQ(overlaps[2].entity_rows, 1U);
  EXPECT_EQ(overlaps[0].duplicate_rows, 1U);
  EXPECT_EQ(overlaps[1].duplicate_rows, 1U);
  EXPECT_EQ(overlaps[2].duplicate_rows, 1U);
}

TEST_F(CheckSplit, FindsRowsWithTheFeaturesOfAnEarlierPart) {
  repeat(1, 0);
  repeat(7, 6);  // of one part
  EXPECT_EQ(check("duplicate_feature_rows").rows_offending, 0U);
  repeat(5, 1);
  repeat(6, 5);
  const auto allowed = check("duplicate_feature_rows");
  EXPECT_EQ(allowed.status, "clear");
  EXPECT_FALSE(allowed.demanded);
  EXPECT_EQ(allowed.rows_offending, 2U);
  leakage.forbid_duplicate_rows = true;
  const auto found = check("duplicate_feature_rows");
  expect_violated(found, 2, 8);
  EXPECT_THAT(found.sample_keys, ElementsAre("e5", "e6"));
}

TEST_F(CheckSplit, LeavesRowsOutOfThePartsOutOfDuplicates) {
  repeat(5, 1);
  split.part[1] = Part::sampled_out;
  leakage.forbid_duplicate_rows = true;
  expect_clear(check("duplicate_feature_rows"), 7);
}

TEST_F(CheckSplit, FindsAFeatureThatNumbersTheRows) {
  for (std::size_t i = 0; i < 8; ++i) rows.features[2 * i] = -static_cast<float>(i);
  leakage.suspect_id_like_correlation = 0.99;
  const auto found = check("id_like_feature");
  expect_violated(found, 1, 4);
  EXPECT_THAT(found.sample_keys, ElementsAre("good=1.000000"));
  for (std::size_t i = 0; i < 8; ++i) rows.features[2 * i] = static_cast<float>(i / 2);
  expect_clear(check("id_like_feature"), 4);
}

TEST_F(CheckSplit, TellsSuspectsWhereALimitLetsItLook) {
  EXPECT_THAT(check_split(testing::spilled(rows), split, leakage, 1).feature_suspects, IsEmpty());
  leakage.suspect_single_feature_auc = 1;
  for (std::size_t i = 0; i < 8; ++i) rows.features[2 * i] = static_cast<float>(i);
  const auto found = check_split(testing::spilled(rows), split, leakage, 1);
  ASSERT_EQ(found.feature_suspects.size(), 2U);
  EXPECT_EQ(found.feature_suspects[0].feature, "leak");
  ASSERT_EQ(found.id_like_suspects.size(), 1U);
  EXPECT_EQ(found.id_like_suspects[0].feature, "good");
  EXPECT_EQ(found.id_like_suspects[0].distinct, 4U);
  EXPECT_FALSE(finding(found.guards, "id_like_feature").demanded);
}

TEST_F(CheckSplit, TellsWhenThePartsWere) {
  const auto parts = check_split(testing::spilled(rows), split, leakage, 1).parts;
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].first, UtcTime{0});
  EXPECT_EQ(parts[0].last, UtcTime{30});
  EXPECT_EQ(parts[2].part, Part::test);
  EXPECT_EQ(parts[2].last, UtcTime{70});
}

TEST_F(CheckSplit, FindsEntitiesInMoreThanOnePartWhenForbidden) {
  leakage.forbid_entity_overlap = true;
  give_entities({"a", "b", "", "a", "c", "b", "c", "d"});
  const auto found = check("entity_overlap");
  expect_violated(found, 2, 8);  // b of validation is in train, c of test in validation
  EXPECT_THAT(found.sample_keys, ElementsAre("e5", "e6"));
}

TEST_F(CheckSplit, ClearsEntitiesThatKeepToOnePart) {
  leakage.forbid_entity_overlap = true;
  give_entities({"a", "b", "", "a", "c", "", "d", "d"});
  expect_clear(check("entity_overlap"), 8);
  split.part[0] = Part::immature_negative;
  give_entities({"d", "b", "", "a", "c", "", "d", "d"});
  expect_clear(check("entity_overlap"), 7);
}

TEST_F(CheckSplit, CountsSharedEntitiesWhenAllowed) {
  leakage.forbid_entity_overlap = false;
  give_entities({"a", "b", "c", "a", "e", "b", "a", "a"});
  const auto found = check("entity_overlap");
  EXPECT_EQ(found.status, "clear");
  EXPECT_EQ(found.rows_offending, 2U);
  EXPECT_EQ(found.note, "allowed by the profile; 1 entities are in train and in test");
  EXPECT_NO_THROW(require_clear({found}));
}

TEST_F(CheckSplit, AsksNoFeatureWithoutALimit) {
  EXPECT_EQ(check("single_feature_auc").status, "not_applicable");
  EXPECT_EQ(check("single_feature_auc").note, "the profile sets no limit");
}

TEST_F(CheckSplit, FindsAFeatureThatAloneSeparatesTheClasses) {
  leakage.suspect_single_feature_auc = 0.995;
  const auto found = check("single_feature_auc");
  expect_violated(found, 1, 4);
  EXPECT_THAT(found.sample_keys, ElementsAre("leak=1.000000"));
}

TEST_F(CheckSplit, ClearsFeaturesBelowTheLimit) {
  leakage.suspect_single_feature_auc = 0.995;
  for (std::size_t i = 0; i < 8; ++i) rows.features[2 * i + 1] = 3;
  const auto found = check("single_feature_auc");
  expect_clear(found, 4);
  EXPECT_THAT(found.note, HasSubstr("good=0.5"));
}

TEST_F(CheckSplit, RefusesAtTheLimitItself) {
  leakage.suspect_single_feature_auc = 1.0;
  expect_violated(check("single_feature_auc"), 1, 4);
}

TEST_F(CheckSplit, LooksAtFeaturesOfTheTrainPartOnly) {
  leakage.suspect_single_feature_auc = 0.995;
  for (std::size_t i = 0; i < 4; ++i) rows.features[2 * i + 1] = 0;
  expect_clear(check("single_feature_auc"), 4);
}

}  // namespace
}  // namespace mf::dataset
