#include "dataset/plain_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <string>
#include <vector>

#include "mf/error.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetMaterialization;
using ::testing::Contains;
using ::testing::HasSubstr;

/// A file with a column for each way that a field can be read.
class Cards {
 public:
  Cards() {
    data_.dataset_manifest_id = "dm_1";
    data_.format = "csv";
    data_.columns = {{"id", "string", {"subject_key"}},
                     {"time", "timestamp", {"event_time"}},
                     {"seen", "epoch_s", {"label_observed_time", "feature"}},
                     {"fraud", "bool", {"label"}},
                     {"amount", "float64", {"amount", "feature"}},
                     {"score", "float32", {"feature"}},
                     {"count", "int64", {"feature", "slice"}},
                     {"night", "bool", {"feature"}}};
    layout_ = layout_of(data_);
    const std::vector<std::string_view> header = {"id",    "time",   "seen",  "fraud", "amount",
                                                  "score", "unused", "count", "night"};
    plan_ = plan_columns(data_, layout_, header, "cards.csv");
  }

  [[nodiscard]] Rows empty() const { return empty_rows(layout_, 4); }
  [[nodiscard]] const ColumnPlan& plan() const { return plan_; }

 private:
  DatasetMaterialization data_;
  RowLayout layout_;
  ColumnPlan plan_;
};

constexpr std::size_t kHeaderLines = 1;

void add_rows(std::vector<std::string>& told, const Rows& rows) {
  for (const float value : rows.features) told.push_back(std::to_string(std::bit_cast<std::uint32_t>(value)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    told.emplace_back(rows.keys[i]);
    told.emplace_back(rows.slices[0].values[i]);
    told.push_back(std::to_string(rows.event_time[i]) + " " + std::to_string(rows.label_time[i]) + " " +
                   std::to_string(rows.labels[i]) + " " + std::to_string(rows.amounts[i]));
  }
}

/// The rows that `read` makes of `text`, or its refusal.
template <class Read>
std::vector<std::string> told_by(const Cards& cards, const std::string& text, Read read) {
  WholeText whole(text);
  CsvReader csv(whole, "cards.csv", kHeaderLines);
  Rows rows = cards.empty();
  std::vector<std::string> told;
  try {
    read(csv, rows);
    add_rows(told, rows);
  } catch (const Error& error) {
    told.push_back(error.message());
  }
  return told;
}

std::vector<std::string> told(const Cards& cards, const std::string& text) {
  return told_by(cards, text,
                 [&](CsvReader& csv, Rows& rows) { append_records(csv, cards.plan(), rows, "cards.csv"); });
}

/// The same, one record after the other, each split before it is parsed.
std::vector<std::string> told_slowly(const Cards& cards, const std::string& text) {
  return told_by(cards, text, [&](CsvReader& csv, Rows& rows) {
    RowAppender appender(rows, cards.plan(), "cards.csv");
    while (csv.next()) appender.append(csv.fields(), csv.line());
  });
}

class RandomTexts {
 public:
  std::string next() {
    std::string text;
    // In most texts nothing is wrong, or nearly nothing: else all would end with their first record.
    oddity_ = below(3) == 0 ? 0 : 300;
    for (std::size_t records = below(9); records > 0; --records) text += record();
    return below(4) == 0 ? text.substr(0, text.size() - std::min(text.size(), below(5))) : text;
  }

 private:
  using Fields = std::vector<std::string>;

  std::string record() {
    if (below(20) == 0) return below(2) == 0 ? "\n" : "\r\n";
    std::string text;
    const Fields columns[] = {
        {"e1", "card of someone", "\xC3\xA9", "7"},
        {"2026-01-01T00:00:00Z", "2026-02-03T04:05:06.5Z", "2026-01-01T00:00:00+02:00"},
        {"1767225600", "1767225601"},
        {"0", "1", "true", "False", ""},
        {"12.5", "0", "-0.01", "1e3", "123456789.123456789", "1e-400", "7."},
        {"-1.5", "", "0.1", "16777217", ".5", "1e-50", "3.4028235e38", "-0", "0.30000001192092896"},
        {"", "anything", "-", "x y", " "},
        {"1", "-7", "", "007", "123456789012345678", "1234567890123456789"},
        {"1", "0", "", "TRUE", "true"}};
    for (const auto& column : columns) {
      text += (&column == columns ? "" : ",") + field(one_of(column));
    }
    if (is_odd()) text += one_of({",", ",1", "\r", "\"", " "});
    return text + (below(4) == 0 ? "\r\n" : "\n");
  }

  std::string field(const std::string& good) {
    if (is_odd())
      return one_of({"", "x", "1e309", "NaN", "inf", "1.5", "\"", "a\"b", "\"a\"b", "1\r2", "9e99", "+1", " 1",
                     std::string("a\0b", 3), "\xFF", "\"a\"\"b\"", "\"a\nb\"", "\"a,b\"", "\"a\r\nb\""});
    return below(8) == 0 ? '"' + good + '"' : good;
  }

  const std::string& one_of(const Fields& fields) {
    chosen_ = fields[below(fields.size())];
    return chosen_;
  }
  bool is_odd() { return oddity_ > 0 && below(oddity_) == 0; }
  std::size_t below(std::size_t end) { return engine_() % end; }

  std::mt19937 engine_{31};
  std::size_t oddity_ = 0;
  std::string chosen_;
};

TEST(PlainRecords, AreReadAsTheSlowWayReadsThem) {
  const Cards cards;
  RandomTexts texts;
  int refused = 0, read = 0;
  for (int i = 0; i < 12'000; ++i) {
    const std::string text = texts.next();
    const auto expected = told_slowly(cards, text);
    ASSERT_EQ(told(cards, text), expected) << text;
    (expected.size() == 1 ? refused : read) += 1;
  }
  EXPECT_GT(refused, 1'000);
  EXPECT_GT(read, 3'000);
}

const std::string kRecord = "e1,2026-01-01T00:00:00Z,1767225600,1,12.5,-1.5,,1,0\n";

PlainRecords::Taken taken_of(const std::string& text) {
  const Cards cards;
  Rows rows = cards.empty();
  RowAppender appender(rows, cards.plan(), "cards.csv");
  return PlainRecords(cards.plan(), rows, appender).take(text, kHeaderLines);
}

TEST(PlainRecords, AreTakenUpToTheFirstThatIsNotPlain) {
  EXPECT_EQ(taken_of(kRecord + kRecord + "\"e\"\"2\"" + kRecord + kRecord).bytes, 2 * kRecord.size());
  EXPECT_EQ(taken_of(kRecord + "e2,tomorrow\n").bytes, kRecord.size());
  EXPECT_EQ(taken_of(kRecord + kRecord.substr(0, 20)).bytes, kRecord.size());
}

TEST(PlainRecords, CountTheLinesWithinTheirQuotes) {
  const auto taken = taken_of("\"a\nb\n\"," + kRecord.substr(3) + "\n" + kRecord + kRecord);
  EXPECT_EQ(taken.lines, 6U);
}

TEST(PlainRecords, LeaveARecordThatIsTooLongToTheReader) {
  const Cards cards;
  const std::string most(CsvReader::kLongestRecord - kRecord.size() + 2, 'x');
  EXPECT_EQ(told(cards, kRecord + most + kRecord.substr(2)).size(), told(cards, kRecord + kRecord).size());
  EXPECT_THAT(told(cards, kRecord + most + "y" + kRecord.substr(2)),
              Contains(HasSubstr("line 3: the line is longer than 1048576 bytes")));
}

}  // namespace
}  // namespace mf::dataset
