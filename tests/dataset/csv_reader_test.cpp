#include "dataset/csv_reader.hpp"

#include <csv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "dataset/hashed_blocks.hpp"
#include "mf/error.hpp"
#include "support/text_source.hpp"

namespace mf::dataset {
namespace {

using test_support::TextSource;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Record = std::vector<std::string>;
using Records = std::vector<Record>;

Records read(const std::string& text, std::size_t block = HashedBlocks::kBlockBytes) {
  TextSource source(text);
  HashedBlocks blocks(source, block);
  CsvReader reader(blocks, "cards.csv");
  Records records;
  while (reader.next()) records.emplace_back(reader.fields().begin(), reader.fields().end());
  return records;
}

std::vector<std::size_t> lines_of_records(const std::string& text) {
  TextSource source(text);
  HashedBlocks blocks(source, 4);
  CsvReader reader(blocks, "cards.csv");
  std::vector<std::size_t> lines;
  while (reader.next()) lines.push_back(reader.line());
  return lines;
}

std::string refusal(const std::string& text) {
  try {
    read(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::DATA_INVALID);
    return error.message();
  }
  return "(none)";
}

TEST(CsvReader, SplitsAtCommas) {
  EXPECT_THAT(read("a,b,c\n1,,3\n,,\n"), ElementsAre(Record{"a", "b", "c"}, Record{"1", "", "3"}, Record{"", "", ""}));
}

TEST(CsvReader, UnquotesFields) {
  EXPECT_THAT(read("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\"\n"),
              ElementsAre(Record{"a,b", "say \"hi\"", "two\nlines", ""}));
}

TEST(CsvReader, KeepsBlanksAsPartOfTheField) {
  EXPECT_THAT(read(" a , b\n\" c \",d \n"), ElementsAre(Record{" a ", " b"}, Record{" c ", "d "}));
}

TEST(CsvReader, TakesCrlfForALineEnd) {
  EXPECT_THAT(read("a,b\r\n1,\"2\"\r\n3,\"4\r\n5\"\r\n"),
              ElementsAre(Record{"a", "b"}, Record{"1", "2"}, Record{"3", "4\r\n5"}));
}

TEST(CsvReader, NeedsNoLineEndAfterTheLastRecord) {
  EXPECT_THAT(read("a,b\n1,2"), ElementsAre(Record{"a", "b"}, Record{"1", "2"}));
  EXPECT_THAT(read("a,b\n1,\"2\""), ElementsAre(Record{"a", "b"}, Record{"1", "2"}));
  EXPECT_THAT(read("a,b\n1,2\r"), ElementsAre(Record{"a", "b"}, Record{"1", "2"}));
}

TEST(CsvReader, SkipsEmptyLines) { EXPECT_THAT(read("\na\n\r\n\nb\n\n"), ElementsAre(Record{"a"}, Record{"b"})); }

TEST(CsvReader, FindsNothingInAnEmptyFile) { EXPECT_TRUE(read("").empty()); }

TEST(CsvReader, CountsEveryLineOfTheFile) {
  EXPECT_THAT(lines_of_records("a\n\n\"x\ny\r\nz\"\nb\nc"), ElementsAre(1U, 3U, 6U, 7U));
}

TEST(CsvReader, RefusesAByteOrderMark) {
  EXPECT_THAT(refusal("\xEF\xBB\xBF"
                      "a,b\n"),
              HasSubstr("cards.csv, line 1: the file begins with a byte order mark"));
}

TEST(CsvReader, RefusesQuotesThatDoNotFit) {
  EXPECT_THAT(refusal("a\nb\"c\n"), HasSubstr("line 2: the record has quotes"));
  EXPECT_THAT(refusal("a\n\"b\"c\n"), HasSubstr("line 2: the record has quotes"));
  EXPECT_THAT(refusal("a\nb\n\"c\nd\n"), HasSubstr("line 3: the record has a quoted field that is not closed"));
  EXPECT_THAT(refusal("a\n\"c"), HasSubstr("line 2: the record has a quoted field that is not closed"));
}

TEST(CsvReader, RefusesACarriageReturnThatEndsNoLine) {
  EXPECT_THAT(refusal("a\nb\rc\n"), HasSubstr("line 2: the line has a carriage return"));
  EXPECT_THAT(refusal("a\n\"b\"\rc\n"), HasSubstr("line 2"));
  EXPECT_THAT(refusal("a\n\"b\"\r\"c\"\n"), HasSubstr("line 2"));
  EXPECT_THAT(refusal("a\nb\r\"c\nd\"\n"), HasSubstr("line 2"));
}

TEST(CsvReader, RefusesRecordsWithoutEnd) {
  EXPECT_THAT(refusal("a\n" + std::string(3U << 20U, 'x')), HasSubstr("line 2: the line is longer than 1048576 bytes"));
  std::string open_quote = "a\n\"";
  while (open_quote.size() < 3U << 20U) open_quote += "x\n";
  EXPECT_THAT(refusal(open_quote), HasSubstr("line 2: the record is longer than 1048576 bytes"));
}

TEST(CsvReader, ReadsTheSameWhereverABlockEnds) {
  const std::string text = "id,note\r\n1,\"a,\"\"b\"\"\nc\"\n\n2,plain\n3,\"\"\r\n4,last";
  const Records whole = read(text);
  for (std::size_t block = 1; block <= text.size(); ++block) EXPECT_EQ(read(text, block), whole) << block;
}

/// What libcsv alone makes of a text; nothing when it refuses it.
std::optional<Records> oracle(const std::string& text) {
  struct Found {
    Records records;
    Record record;
  } found;
  csv_parser parser{};
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_space_func(&parser, [](unsigned char) { return 0; });
  const auto on_field = [](void* field, std::size_t size, void* data) {
    static_cast<Found*>(data)->record.emplace_back(static_cast<const char*>(field), size);
  };
  const auto on_record = [](int, void* data) {
    auto& all = *static_cast<Found*>(data);
    all.records.push_back(std::exchange(all.record, {}));
  };
  const bool parsed = csv_parse(&parser, text.data(), text.size(), on_field, on_record, &found) == text.size() &&
                      csv_fini(&parser, on_field, on_record, &found) == 0;
  csv_free(&parser);
  return parsed ? std::optional(found.records) : std::nullopt;
}

TEST(CsvReader, AgreesWithLibcsvOnAnyText) {
  const std::vector<std::string> pieces = {"a",  "1.5",  ",",        ",", "\n",      "\r\n",
                                           "\"", "\"\"", "\"b,\n\"", " ", "\xC3\xA9"};
  std::mt19937 random(7);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto size = random() % 14; size > 0; --size) text += pieces[random() % pieces.size()];
    const std::size_t block = 1 + random() % 5;
    if (const auto expected = oracle(text)) {
      ++accepted;
      EXPECT_EQ(read(text, block), *expected) << ::testing::PrintToString(text);
    } else {
      EXPECT_THROW(read(text, block), Error) << ::testing::PrintToString(text);
    }
  }
  EXPECT_GT(accepted, 2'000);
  EXPECT_LT(accepted, 18'000);
}

}  // namespace
}  // namespace mf::dataset
