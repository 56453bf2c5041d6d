#include "mf/dataset/scored_rows.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "dataset/spilled.hpp"
#include "mf/identity/digest.hpp"
#include "support/failures.hpp"

namespace mf::dataset {
namespace {

/// Six rows, two for each part, in no order of parts.
Rows some_rows() {
  Rows rows;
  rows.feature_names = {"f"};
  rows.features = {0, 0, 0, 0, 0, 0};
  for (const char* key : {"e0", "e,1", "e\"2", "e3", "e4", "line\nbreak"}) rows.keys.append(key);
  rows.event_time = {0, 1, 2, 3, 4, 5};
  rows.labels = {1, 0, 1, 0, 1, 0};
  rows.amounts = {10.5, 0.1, 100000, 3, 4, 5};
  for (int i = 0; i < 6; ++i) rows.entities.append("card" + std::to_string(i % 2));
  SliceColumn channel{"channel", {}};
  for (int i = 0; i < 6; ++i) channel.values.append(i % 2 == 0 ? "web" : "shop, till");
  rows.slices.push_back(channel);
  return rows;
}

Split some_split() {
  Split split;
  split.part = {Part::test, Part::train, Part::validation, Part::train, Part::validation, Part::test};
  return split;
}

const Scores kScores = {{{0.1F, 0.25F}, {1e-30F, 1.0F}, {0.3333333F, 0.0F}}, {}, {}};

std::string text_of(const WrittenScoredRows& written) {
  std::string text(written.text.size(), '\0');
  written.text.read(0, text);
  return text;
}

/// The rows lie on disk in blocks of `portion`.
std::string some_text(std::size_t portion = 6) {
  return text_of(write_scored_rows(testing::spilled(some_rows(), portion), some_split(), kScores, "/nowhere"));
}

ScoredRowsFile read_back(const std::string& text) {
  const auto source = store::source_of(text);
  return read_scored_rows(*source, identity::sha256_hex(text), "scored_rows.csv");
}

TEST(ScoredRows, ReadBackAsTheyWereWrittenBitForBit) {
  const auto read = read_back(some_text());
  ASSERT_EQ(read.parts.size(), 3U);
  for (std::size_t part = 0; part < 3; ++part) EXPECT_EQ(read.parts[part].scores, kScores.model[part]) << part;
  EXPECT_EQ(read.parts[0].labels, (std::vector<std::uint8_t>{0, 0}));
  EXPECT_EQ(read.parts[1].labels, (std::vector<std::uint8_t>{1, 1}));
  EXPECT_EQ(read.parts[2].keys[1], "line\nbreak");
  EXPECT_EQ(read.parts[0].amounts, (std::vector<double>{0.1, 3}));
}

TEST(ScoredRows, NumberEntitiesAndSlicesByTheirBytesOverAllParts) {
  const auto read = read_back(some_text());
  EXPECT_EQ(read.entity_count, 2U);
  EXPECT_EQ(read.parts[0].entities, (std::vector<std::uint32_t>{1, 1}));  // card1 came first
  EXPECT_EQ(read.parts[2].entities, (std::vector<std::uint32_t>{0, 1}));
  ASSERT_EQ(read.slices.size(), 1U);
  EXPECT_EQ(read.slices[0].name, "channel");
  EXPECT_EQ(read.slices[0].values, (std::vector<std::string>{"shop, till", "web"}));
  EXPECT_EQ(read.parts[0].slices[0], (std::vector<std::uint32_t>{0, 0}));
  EXPECT_EQ(read.parts[2].slices[0], (std::vector<std::uint32_t>{1, 0}));
}

TEST(ScoredRows, KnowTheDayOfTheirEventInUtc) {
  auto rows = some_rows();
  const std::int64_t day = 86'400'000'000;
  rows.event_time = {-1, 0, day - 1, day, 20'000 * day, 20'000 * day - 1};
  const auto read = read_back(text_of(write_scored_rows(testing::spilled(rows), some_split(), kScores, "/nowhere")));
  EXPECT_EQ(read.parts[2].days, (std::vector<std::int32_t>{-1, 19'999}));
  EXPECT_EQ(read.parts[0].days, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(read.parts[1].days, (std::vector<std::int32_t>{0, 20'000}));
}

TEST(ScoredRows, LackWhatTheDatasetLacks) {
  auto rows = some_rows();
  rows.amounts.clear();
  rows.entities = {};
  rows.slices.clear();
  const auto read = read_back(text_of(write_scored_rows(testing::spilled(rows), some_split(), kScores, "/nowhere")));
  EXPECT_TRUE(read.parts[0].amounts.empty());
  EXPECT_TRUE(read.parts[0].entities.empty());
  EXPECT_TRUE(read.parts[0].slices.empty());
  EXPECT_EQ(read.entity_count, 0U);
}

TEST(ScoredRows, KnowAMissingAmountAndAMissingEntity) {
  auto rows = some_rows();
  rows.amounts[1] = std::numeric_limits<double>::quiet_NaN();
  rows.entities = {};
  for (const char* card : {"a", "", "b", "c", "d", "a"}) rows.entities.append(card);
  const auto read = read_back(text_of(write_scored_rows(testing::spilled(rows), some_split(), kScores, "/nowhere")));
  EXPECT_TRUE(std::isnan(read.parts[0].amounts[0]));
  EXPECT_EQ(read.parts[0].entities, (std::vector<std::uint32_t>{ScoredRows::kNoEntity, 2}));
  EXPECT_EQ(read.entity_count, 4U);
}

TEST(ScoredRows, CarryABaselineAndReasonCodesWhereTheyAreGiven) {
  Scores scores = kScores;
  scores.baseline = {{0.5F, 0.25F}, {0.125F, 1}, {0, 0.75F}};
  scores.reason_codes.resize(3);
  for (auto& part : scores.reason_codes)
    for (const char* codes : {"amount;hour", ""}) part.append(codes);
  const auto text = text_of(write_scored_rows(testing::spilled(some_rows()), some_split(), scores, "/nowhere"));
  EXPECT_TRUE(
      text.starts_with("subject_key,part,label,score,event_time_utc,amount,entity_key,baseline_score,"
                       "reason_codes,slice_channel\n\"e,1\",train,0,0.10000000149011612,"
                       "1970-01-01T00:00:00.000001Z,0.1,card1,0.5,amount;hour,\"shop, till\"\n"))
      << text;
  const auto read = read_back(text);
  for (std::size_t part = 0; part < 3; ++part) EXPECT_EQ(read.parts[part].baseline_scores, scores.baseline[part]);
  EXPECT_EQ(read.slices.at(0).values, (std::vector<std::string>{"shop, till", "web"}));
}

TEST(ScoredRows, StandPartAfterPartInRowOrder) {
  EXPECT_EQ(some_text(),
            "subject_key,part,label,score,event_time_utc,amount,entity_key,slice_channel\n"
            "\"e,1\",train,0,0.10000000149011612,1970-01-01T00:00:00.000001Z,0.1,card1,\"shop, till\"\n"
            "e3,train,0,0.25,1970-01-01T00:00:00.000003Z,3,card1,\"shop, till\"\n"
            "\"e\"\"2\",validation,1,1.0000000031710769e-30,1970-01-01T00:00:00.000002Z,100000,card0,web\n"
            "e4,validation,1,1,1970-01-01T00:00:00.000004Z,4,card0,web\n"
            "e0,test,1,0.3333333134651184,1970-01-01T00:00:00Z,10.5,card0,web\n"
            "\"line\nbreak\",test,0,0,1970-01-01T00:00:00.000005Z,5,card1,\"shop, till\"\n");
}

TEST(ScoredRows, AreTheSameHoweverTheRowsLieOnDisk) {
  for (std::size_t portion = 1; portion < 6; ++portion) EXPECT_EQ(some_text(portion), some_text()) << portion;
}

TEST(ScoredRows, HaveTheDigestOfTheirText) {
  const auto written = write_scored_rows(testing::spilled(some_rows()), some_split(), kScores, "/nowhere");
  EXPECT_EQ(written.sha256, identity::sha256_hex(text_of(written)));
}

TEST(ScoredRows, RefuseAnyOtherByte) {
  const auto text = some_text();
  const std::string digest = identity::sha256_hex(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string edited = text;
    edited[at] = edited[at] == '7' ? '8' : '7';
    const auto source = store::source_of(edited);
    EXPECT_CODE(read_scored_rows(*source, digest, "scored_rows.csv"), Code::SCORED_ROWS_IMMUTABILITY_VIOLATION);
  }
}

TEST(ScoredRows, RefuseACutAtAnyByte) {
  const auto text = some_text();
  const std::string digest = identity::sha256_hex(text);
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto source = store::source_of(std::string_view(text).substr(0, size));
    EXPECT_CODE(read_scored_rows(*source, digest, "scored_rows.csv"), Code::SCORED_ROWS_IMMUTABILITY_VIOLATION);
  }
}

}  // namespace
}  // namespace mf::dataset
