#include "mf/dataset/scored_rows.hpp"

#include <gtest/gtest.h>

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

const std::vector<std::vector<float>> kScores = {{0.1F, 0.25F}, {1e-30F, 1.0F}, {0.3333333F, 0.0F}};

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
  const auto written = write_scored_rows(testing::spilled(some_rows()), some_split(), kScores, "/nowhere");
  const auto& scored = written.rows.parts;
  const auto read = read_back(text_of(written));
  ASSERT_EQ(read.parts.size(), 3U);
  for (std::size_t part = 0; part < 3; ++part) {
    EXPECT_EQ(read.parts[part].scores, scored[part].scores);
    EXPECT_EQ(read.parts[part].labels, scored[part].labels);
    EXPECT_EQ(read.parts[part].keys, scored[part].keys);
  }
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
