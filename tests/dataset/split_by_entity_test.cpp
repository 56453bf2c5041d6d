#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "dataset/seeded_hash.hpp"
#include "dataset/spilled.hpp"
#include "mf/dataset/split.hpp"
#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using ::testing::HasSubstr;

constexpr UtcTime kLongAfter{1'000'000};

TEST(SeededHash, IsTheOneOfItsPage) {
  // python3: int.from_bytes(sha256(b"mf.entity_hash_split.v1\n31\ncard_1").digest()[:8], "big") / 2**64, cut to 53 bits
  EXPECT_EQ(SeededHash(kEntityHashRecipe, 31)("card_1"), 0.15910754234321078);
  EXPECT_EQ(SeededHash(kSamplingRecipe, 31)("card_1"), 0.31698060585565735);
  EXPECT_NE(SeededHash(kEntityHashRecipe, 32)("card_1"), SeededHash(kEntityHashRecipe, 31)("card_1"));
}

TEST(SeededHash, GivesATextTheSameNumberAgain) {
  SeededHash hash(kEntityHashRecipe, 0);
  const double first = hash("a");
  hash("a longer text");
  EXPECT_EQ(hash("a"), first);
  EXPECT_GE(first, 0);
  EXPECT_LT(first, 1);
}

/// 400 rows of 80 entities, of both classes.
class SplitByEntity : public ::testing::Test {
 protected:
  SplitByEntity() {
    TextColumn entities;
    for (int i = 0; i < 400; ++i) {
      rows.labels.push_back(static_cast<std::int8_t>(i % 2));
      rows.event_time.push_back(i);
      entities.append("card " + std::to_string(i * 7 % 80));
    }
    rows.entities = entities;
  }

  Split split(const LabelHorizon& horizon = {kLongAfter, {}}, const EvaluationRows& evaluation = {}) {
    return split_by_entity(testing::spilled(rows, 30), horizon, how, evaluation);
  }

  Rows rows;
  contracts::TrainingProfile::Split how{.train = 0.5, .validation = 0.25, .test = 0.25, .seed = 31};
};

TEST_F(SplitByEntity, KeepsAnEntityInThePartOfItsHash) {
  const Split result = split();
  SeededHash hash(kEntityHashRecipe, 31);
  std::array<std::size_t, 3> rows_in{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double at = hash(rows.entities[i]);
    ASSERT_EQ(result.part[i], at < 0.5 ? Part::train : at < 0.75 ? Part::validation : Part::test) << i;
    ++rows_in.at(static_cast<std::size_t>(result.part[i]));
  }
  for (std::size_t part = 0; part < 3; ++part) EXPECT_EQ(result.counts.at(part).rows, rows_in.at(part));
  EXPECT_EQ(result.validation_start, std::nullopt);
  EXPECT_EQ(result.entity_cuts->validation_below, 0.75);
}

TEST_F(SplitByEntity, ScalesSharesWhereManifestsTest) {
  const Split result = split({kLongAfter, {}}, {{100, 200}});
  SeededHash hash(kEntityHashRecipe, 31);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Part hashed = hash(rows.entities[i]) < 0.5 / 0.75 ? Part::train : Part::validation;
    EXPECT_EQ(result.part[i], i >= 100 && i < 200 ? Part::test : hashed) << i;
  }
}

TEST_F(SplitByEntity, SetsAsideWhatCannotBeEvaluated) {
  rows.labels[3] = Rows::kUnknownLabel;
  EXPECT_EQ(split().part[3], Part::unlabelled);
}

TEST_F(SplitByEntity, RefusesRowsOfNobody) {
  TextColumn entities;
  for (std::size_t i = 0; i < rows.size(); ++i) entities.append(i == 37 ? "" : rows.entities[i]);
  rows.entities = entities;
  try {
    split();
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::SPLIT_INVALID);
    EXPECT_THAT(error.message(), HasSubstr("the row 37 has no entity"));
  }
  rows.labels[37] = Rows::kUnknownLabel;
  EXPECT_NO_THROW(split());
  rows.entities = {};
  EXPECT_THROW(split(), Error);
}

/// The train part after sampling.
class SampleNegatives : public SplitByEntity {};

TEST_F(SampleNegatives, KeepsByTheHashOfTheKeyAndAllPositives) {
  const auto spilled = testing::spilled(rows, 30);
  const Split before = split();
  Split after = before;
  sample_negatives(spilled, {"negative_downsampling", 0.25, 7}, after);
  SeededHash hash(kSamplingRecipe, 7);
  std::size_t dropped = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool drops = before.part[i] == Part::train && rows.labels[i] == 0 && hash(std::to_string(i)) >= 0.25;
    EXPECT_EQ(after.part[i], drops ? Part::sampled_out : before.part[i]) << i;
    dropped += drops ? 1 : 0;
  }
  EXPECT_EQ(after.sampled->dropped, dropped);
  EXPECT_EQ(after.sampled->kept + dropped, before.counts[0].rows - before.counts[0].positives);
  EXPECT_EQ(after.sampled->weight, 4);
  EXPECT_EQ(after.counts[0].positives, before.counts[0].positives);
  EXPECT_EQ(after.counts[static_cast<std::size_t>(Part::sampled_out)].rows, dropped);
}

TEST_F(SampleNegatives, RefusesToKeepNone) {
  Split result = split();
  try {
    sample_negatives(testing::spilled(rows), {"negative_downsampling", 1e-12, 7}, result);
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::SPLIT_INVALID);
    EXPECT_THAT(error.message(), HasSubstr("the train part has no negatives"));
    EXPECT_THAT(error.message(), HasSubstr("sampled_out"));
  }
}

}  // namespace
}  // namespace mf::dataset
