#include "dataset/record_pieces.hpp"

#include "dataset/hashed_blocks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "dataset/csv_reader.hpp"
#include "mf/error.hpp"
#include "support/text_source.hpp"

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> pieces_of(const std::string& text, std::size_t block_bytes) {
  test_support::TextSource source(text);
  HashedBlocks blocks(source, block_bytes);
  RecordPieces pieces(blocks);
  std::vector<std::string> texts;
  while (const auto piece = pieces.next()) texts.emplace_back(piece->text);
  return texts;
}

/// Adds everything that `reader` makes of its records: lines and fields.
void read_all(CsvReader& reader, std::vector<std::string>& told) {
  while (reader.next()) {
    told.push_back(std::to_string(reader.line()));
    for (const auto field : reader.fields()) told.emplace_back(field);
  }
}

std::vector<std::string> read_whole(const std::string& text) {
  WholeText whole(text);
  CsvReader reader(whole, "cards.csv");
  std::vector<std::string> told;
  try {
    read_all(reader, told);
  } catch (const Error& error) {
    told.push_back(error.message());
  }
  return told;
}

std::vector<std::string> read_in_pieces(const std::string& text, std::size_t block_bytes) {
  test_support::TextSource source(text);
  HashedBlocks blocks(source, block_bytes);
  RecordPieces pieces(blocks);
  std::vector<std::string> told;
  try {
    while (const auto piece = pieces.next()) {
      WholeText whole(piece->text);
      CsvReader reader(whole, "cards.csv", piece->lines_before);
      read_all(reader, told);
    }
  } catch (const Error& error) {
    told.push_back(error.message());
  }
  return told;
}

TEST(RecordPieces, EndWhereRecordsEnd) {
  EXPECT_THAT(pieces_of("a,b\nc,d\ne,f\n", 5), ElementsAre("a,b\n", "c,d\n", "e,f\n"));
  EXPECT_THAT(pieces_of("a,b\nc,d\ne,f", 100), ElementsAre("a,b\nc,d\n", "e,f"));
}

TEST(RecordPieces, KeepQuotedRecordsWhole) {
  EXPECT_THAT(pieces_of("a\n\"b\n\"\"\nb\"\nc\n", 4), ElementsAre("a\n", "\"b\n\"\"\nb\"\n", "c\n"));
}

TEST(RecordPieces, AreNoneOfAnEmptyFile) { EXPECT_TRUE(pieces_of("", 4).empty()); }

TEST(RecordPieces, CountTheLinesBefore) {
  test_support::TextSource source("a\n\"b\nb\"\nc\n");
  HashedBlocks blocks(source, 3);
  RecordPieces pieces(blocks);
  std::vector<std::size_t> lines_before;
  while (const auto piece = pieces.next()) lines_before.push_back(piece->lines_before);
  EXPECT_THAT(lines_before, ElementsAre(0, 1, 3));
}

TEST(RecordPieces, GiveUpOnARecordWithoutEnd) {
  const std::string endless(CsvReader::kLongestRecord + 10, 'x');
  for (const std::string& text : {"a\n" + endless + "\nb\n", "a\n\"" + endless + "\n"}) {
    EXPECT_EQ(read_in_pieces(text, 1000), read_whole(text));
  }
}

TEST(RecordPieces, AreReadAsTheWholeIs) {
  constexpr std::string_view kLetters = "ab,,\"\"\n\n\r";
  std::mt19937 generator(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string text(generator() % 24, ' ');
    for (char& letter : text) letter = kLetters[generator() % kLetters.size()];
    const std::size_t block_bytes = 1 + generator() % 12;
    ASSERT_EQ(read_in_pieces(text, block_bytes), read_whole(text)) << text << "\nin blocks of " << block_bytes;
  }
}

}  // namespace
}  // namespace mf::dataset
