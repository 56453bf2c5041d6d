#include "mf/dataset/read_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/time.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetMaterialization;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kHeader = "event_id,time,fraud,seen,card,channel,amount,score\n";
const std::string kRow = "e1,2026-01-01T00:00:00Z,1,2026-01-02T00:00:00Z,c1,web,12.5,0.25\n";

/// A store with data files, and the materialisation that pins them.
class ReadRows : public ::testing::Test {
 protected:
  ReadRows() {
    data.dataset_manifest_id = "dm_1";
    data.format = "csv";
    data.columns = {{"event_id", "string", {"subject_key"}},
                    {"time", "timestamp", {"event_time"}},
                    {"fraud", "bool", {"label"}},
                    {"seen", "timestamp", {"label_observed_time"}},
                    {"card", "string", {"entity_key"}},
                    {"channel", "string", {"slice"}},
                    {"amount", "float64", {"amount", "feature"}},
                    {"score", "float32", {"feature"}}};
  }

  /// Puts a file into the store and pins it, saying that it holds `rows` rows.
  void pin(const std::string& text, std::int64_t rows) { pin_into(data, text, rows); }

  void pin_into(DatasetMaterialization& to, const std::string& text, std::int64_t rows) {
    const std::string ref = "data/part-" + std::to_string(files_++) + ".csv";
    store->put_if_absent(ref, text);
    to.files.push_back({ref, identity::sha256_hex(text), static_cast<std::int64_t>(text.size()), rows});
    to.row_count += rows;
  }

  DatasetMaterialization::Column& column(const std::string& name) {
    return *std::find_if(data.columns.begin(), data.columns.end(), [&](const auto& c) { return c.name == name; });
  }

  /// Takes a column out of the materialisation.
  void drop(const std::string& name) {
    std::erase_if(data.columns, [&](const auto& c) { return c.name == name; });
  }

  Rows read() { return read_rows(*store, {data}); }

  Error failure(const std::vector<DatasetMaterialization>& of) {
    try {
      read_rows(*store, of);
    } catch (const Error& error) {
      return error;
    }
    return Error(Code::INTERNAL, "nothing was refused");
  }

  /// Expects that the pinned files are refused with `code` and a message that holds `words`.
  void expect_refusal(Code code, const std::string& words) {
    const Error error = failure({data});
    EXPECT_EQ(error.row().name, row_of(code).name) << error.message();
    EXPECT_THAT(error.message(), HasSubstr(words));
    EXPECT_THAT(error.message(), Not(HasSubstr("\n")));
  }

  /// Expects that one row, otherwise good, is refused because of its last record.
  void expect_bad_record(const std::string& record, const std::string& words) {
    data.files.clear();
    data.row_count = 0;
    pin(kHeader + kRow + record + "\n", 2);
    expect_refusal(Code::DATA_INVALID, words);
    EXPECT_EQ(failure({data}).context().at("line"), "3");
  }

  std::unique_ptr<store::ArtifactStore> store = store::open_memory();
  DatasetMaterialization data;

 private:
  int files_ = 0;
};

std::int64_t at(const char* text) { return parse_utc(text)->microseconds; }

TEST_F(ReadRows, PutsEachColumnWhereItsRolesSay) {
  pin(kHeader + kRow + "e2,2026-01-03T00:00:00Z,,,c2,\"pos, chip\",7,\n", 2);
  const Rows rows = read();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows.feature_names, ElementsAre("amount", "score"));
  EXPECT_THAT(std::vector(rows.features.begin(), rows.features.begin() + 3), ElementsAre(12.5F, 0.25F, 7.0F));
  EXPECT_TRUE(std::isnan(rows.row(1)[1]));
  EXPECT_EQ(rows.keys[0], "e1");
  EXPECT_EQ(rows.keys[1], "e2");
  EXPECT_THAT(rows.event_time, ElementsAre(at("2026-01-01T00:00:00Z"), at("2026-01-03T00:00:00Z")));
  EXPECT_THAT(rows.labels, ElementsAre(1, Rows::kUnknownLabel));
  EXPECT_THAT(rows.label_time, ElementsAre(at("2026-01-02T00:00:00Z"), Rows::kNoTime));
  EXPECT_THAT(rows.amounts, ElementsAre(12.5, 7.0));
  EXPECT_EQ(rows.entities[1], "c2");
  ASSERT_EQ(rows.slices.size(), 1U);
  EXPECT_EQ(rows.slices[0].name, "channel");
  EXPECT_EQ(rows.slices[0].values[1], "pos, chip");
  EXPECT_TRUE(rows.feature_time.empty());
  EXPECT_TRUE(rows.weights.empty());
}

TEST_F(ReadRows, FindsColumnsInWhateverOrderTheFileHasThem) {
  pin(kHeader + kRow, 1);
  pin("score,amount,channel,card,seen,fraud,time,event_id\n"
      "9,8,pos,c2,2026-01-02T00:00:00Z,0,2026-01-01T00:00:00Z,e2\n",
      1);
  const Rows rows = read();
  EXPECT_THAT(rows.features, ElementsAre(12.5F, 0.25F, 8.0F, 9.0F));
  EXPECT_THAT(rows.labels, ElementsAre(1, 0));
}

TEST_F(ReadRows, FillsTheColumnsThatNotEveryDatasetHas) {
  data.columns.push_back({"computed", "epoch_s", {"feature_time"}});
  data.columns.push_back({"importance", "float64", {"weight"}});
  pin(kHeader.substr(0, kHeader.size() - 1) + ",computed,importance\n" + kRow.substr(0, kRow.size() - 1) +
          ",86400,2.5\n",
      1);
  const Rows rows = read();
  EXPECT_THAT(rows.feature_time, ElementsAre(86400 * kMicrosecondsPerSecond));
  EXPECT_THAT(rows.weights, ElementsAre(2.5));
}

TEST_F(ReadRows, LetsOneColumnBeEventAndLabelTime) {
  drop("seen");
  column("time").roles.emplace_back("label_observed_time");
  pin("event_id,time,fraud,card,channel,amount,score\ne1,2026-01-01T00:00:00Z,1,c1,web,12.5,0.25\n", 1);
  const Rows rows = read();
  EXPECT_EQ(rows.event_time, rows.label_time);
}

TEST_F(ReadRows, GivesOneValueOneText) {
  column("card").type = "int64";
  column("channel").type = "bool";
  pin(kHeader + "e1,2026-01-01T00:00:00Z,1,2026-01-02T00:00:00Z,007,True,12.5,0.25\n", 1);
  const Rows rows = read();
  EXPECT_EQ(rows.entities[0], "7");
  EXPECT_EQ(rows.slices[0].values[0], "true");
}

TEST_F(ReadRows, LeavesMissingEntitiesAndSlicesEmpty) {
  pin(kHeader + "e1,2026-01-01T00:00:00Z,1,2026-01-02T00:00:00Z,,,12.5,0.25\n", 1);
  const Rows rows = read();
  EXPECT_EQ(rows.entities[0], "");
  EXPECT_EQ(rows.slices[0].values[0], "");
}

TEST_F(ReadRows, JoinsFilesAndMaterialisationsInTheOrderGiven) {
  pin(kHeader + kRow, 1);
  pin(kHeader + "e2" + kRow.substr(2), 1);
  DatasetMaterialization second = data;
  second.files.clear();
  second.row_count = 0;
  std::reverse(second.columns.begin(), second.columns.end());
  pin_into(second, kHeader + "e3" + kRow.substr(2), 1);
  const Rows rows = read_rows(*store, {second, data});
  EXPECT_THAT(rows.feature_names, ElementsAre("score", "amount"));
  EXPECT_THAT(rows.features, ElementsAre(0.25F, 12.5F, 0.25F, 12.5F, 0.25F, 12.5F));
  EXPECT_EQ(rows.keys[0], "e3");
  EXPECT_EQ(rows.keys[1], "e1");
  EXPECT_EQ(rows.keys[2], "e2");
}

TEST_F(ReadRows, TellsItsProgressAtLeastAtTheEnd) {
  pin(kHeader + kRow + kRow, 2);
  std::vector<std::pair<std::size_t, std::size_t>> told;
  read_rows(*store, {data}, [&](std::size_t rows, std::size_t of) { told.emplace_back(rows, of); });
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back(), std::pair(std::size_t{2}, std::size_t{2}));
}

/// Some megabytes: several pieces for each thread, with quoted fields that hold line ends.
std::string many_rows(std::size_t count) {
  std::string text = kHeader;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    text += "e" + number + ",2026-01-01T00:00:00Z," +
            (i % 9 == 0    ? "1"
             : i % 10 == 0 ? ""
                           : "0") +
            ",2026-01-02T00:00:00Z," + (i % 5 == 0 ? "\"card\n" + number + "\"" : "card" + number) + ",web,1" + number +
            ".5,-0." + number + "\n";
  }
  return text;
}

TEST_F(ReadRows, GivesTheSameRowsForAnyNumberOfThreads) {
  constexpr std::size_t kCount = 100'000;
  pin(many_rows(kCount), kCount);
  const Rows one = read_rows(*store, {data}, {}, 1);
  ASSERT_EQ(one.size(), kCount);
  for (std::size_t i = 0; i < kCount; i += 777) {
    ASSERT_EQ(one.keys[i], "e" + std::to_string(i));
    ASSERT_EQ(one.row(i)[0], std::stof("1" + std::to_string(i) + ".5"));
  }
  for (const int threads : {2, 5}) {
    const Rows several = read_rows(*store, {data}, {}, threads);
    EXPECT_EQ(several.features, one.features);
    EXPECT_EQ(several.labels, one.labels);
    EXPECT_EQ(several.amounts, one.amounts);
    for (std::size_t i = 0; i < kCount; ++i) ASSERT_EQ(several.entities[i], one.entities[i]);
  }
}

TEST_F(ReadRows, RefusesTheFirstFaultOfTheFileForAnyNumberOfThreads) {
  std::string text = many_rows(100'000);
  for (const std::size_t place : {text.size() - 200, text.size() / 2, text.size() / 2 + 100'000})
    text.replace(text.find(",web,", place), 5, ",web,x");
  pin(text, 100'000);
  const std::string words = failure({data}).message();
  EXPECT_THAT(words, HasSubstr("column 'amount'"));
  for (const int threads : {1, 2, 5}) {
    try {
      read_rows(*store, {data}, {}, threads);
      FAIL() << "nothing was refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.message(), words);
    }
  }
}

TEST_F(ReadRows, RefusesAFileThatIsNotThere) {
  data.files.push_back({"data/gone.csv", std::string(64, '0'), 10, 1});
  data.row_count = 1;
  expect_refusal(Code::MATERIALIZATION_UNRESOLVED, "data/gone.csv");
}

TEST_F(ReadRows, RefusesARefOutsideTheStore) {
  pin(kHeader + kRow, 1);
  data.files[0].ref = "s3://bucket/part.csv";
  expect_refusal(Code::REF_INVALID, "s3://bucket/part.csv");
}

TEST_F(ReadRows, RefusesAFormatItDoesNotRead) {
  pin(kHeader + kRow, 1);
  data.format = "orc";
  expect_refusal(Code::FORMAT_UNSUPPORTED, "'orc'");
}

TEST_F(ReadRows, RefusesOtherBytesThanThosePinned) {
  pin(kHeader + kRow, 1);
  data.files[0].sha256 = std::string(64, 'a');
  expect_refusal(Code::MATERIALIZATION_DIGEST_MISMATCH, "data/part-0.csv");
}

TEST_F(ReadRows, RefusesAnotherSizeThanThatPinned) {
  pin(kHeader + kRow, 1);
  data.files[0].bytes += 1;
  expect_refusal(Code::MATERIALIZATION_DIGEST_MISMATCH, "data/part-0.csv");
}

TEST_F(ReadRows, CallsAChangedFileChangedEvenWhenItDoesNotParse) {
  for (const std::string& broken :
       {kHeader + "e1,broken\n" + kRow, std::string(), kHeader + "\"" + kRow, "\xEF\xBB\xBF" + kHeader}) {
    pin(broken, 1);
    data.files[0].sha256 = identity::sha256_hex("what was pinned");
    data.files[0].bytes = 1000;
    expect_refusal(Code::MATERIALIZATION_DIGEST_MISMATCH, data.files[0].ref);
    data.files.clear();
    data.row_count = 0;
  }
}

TEST_F(ReadRows, HashesABrokenFileToItsEnd) {
  std::string text = kHeader + "e1,broken\n";
  while (text.size() < 3U << 20U) text += kRow;
  pin(text, 2);
  expect_refusal(Code::DATA_INVALID, "line 2: the record has 2 fields");
}

TEST_F(ReadRows, RefusesAnotherRowCountThanTheFileHolds) {
  pin(kHeader + kRow + kRow, 3);
  expect_refusal(Code::DATA_INVALID, "says 3 rows, the file holds 2");
}

TEST_F(ReadRows, RefusesFilesThatDoNotAddUpToTheRowCount) {
  pin(kHeader + kRow, 1);
  data.row_count = 2;
  expect_refusal(Code::MATERIALIZATION_INVALID, "row_count 2");
  data.files[0].rows = data.row_count = std::int64_t{1} << 60;
  expect_refusal(Code::MATERIALIZATION_INVALID, "row_count");
  data.files[0].rows = data.row_count = -1;
  expect_refusal(Code::MATERIALIZATION_INVALID, "row_count");
}

TEST_F(ReadRows, RefusesAnEmptyFile) {
  pin("", 0);
  expect_refusal(Code::DATA_EMPTY, "not even a header");
}

TEST_F(ReadRows, RefusesHeadersWithoutRows) {
  pin(kHeader, 0);
  expect_refusal(Code::DATA_EMPTY, "headers only");
}

TEST_F(ReadRows, RefusesToReadNothing) { EXPECT_EQ(failure({}).code(), Code::DATA_EMPTY); }

TEST_F(ReadRows, AllowsOneFileToBeEmptyAmongOthers) {
  pin(kHeader, 0);
  pin(kHeader + kRow, 1);
  EXPECT_EQ(read().size(), 1U);
}

TEST_F(ReadRows, DoesNotLookAtColumnsThatAreNotDeclared) {
  const Rows plain = (pin(kHeader + kRow, 1), read());
  data.files.clear();
  data.row_count = 0;
  pin("event_id,time,fraud,seen,card,channel,amount,score,remark\n" + kRow.substr(0, kRow.size() - 1) + ",any text\n",
      1);
  const Rows with_remark = read();
  EXPECT_EQ(with_remark.features, plain.features);
  EXPECT_EQ(with_remark.feature_names, plain.feature_names);
}

TEST_F(ReadRows, SuggestsTheColumnThatIsMistyped) {
  pin("event_id,time,fraud,seen,card,channel,amuont,score\n" + kRow, 1);
  expect_refusal(Code::DATA_INVALID, "lacks the column 'amount' (did you mean 'amuont'?)");
}

TEST_F(ReadRows, RefusesAHeaderThatLacksAColumn) {
  pin("event_id,time,fraud,seen,card,channel,amount\n" + kRow, 1);
  expect_refusal(Code::DATA_INVALID, "lacks the column 'score'");
}

TEST_F(ReadRows, RefusesAHeaderWithAColumnTwice) {
  pin("event_id,time,fraud,seen,card,channel,amount,score,score\n" + kRow, 1);
  expect_refusal(Code::DATA_INVALID, "has the column 'score' 2 times");
}

TEST_F(ReadRows, RefusesAFileThatBeginsWithAByteOrderMark) {
  pin("\xEF\xBB\xBF" + kHeader + kRow, 1);
  expect_refusal(Code::DATA_INVALID, "byte order mark");
}

TEST_F(ReadRows, RefusesRecordsOfAnotherWidth) {
  expect_bad_record("e2,2026-01-01T00:00:00Z,1",
                    "data/part-0.csv, line 3: the record has 3 fields, but the header has 8");
  expect_bad_record(kRow.substr(0, kRow.size() - 1) + ",9", "has 9 fields, but the header has 8");
}

TEST_F(ReadRows, RefusesTextsThatDoNotFitTheType) {
  expect_bad_record("e2,2026-01-01T00:00:00Z,1,,c1,web,abc12,0.25",
                    "line 3, column 'amount': expected float64 (a finite decimal number such as 0.25), found text of 5 "
                    "characters 'abc12' (the first of possibly more)");
  expect_bad_record("e2,2026-01-01T00:00:00Z,1,,c1,web,1,nan", "column 'score'");
  expect_bad_record("e2,2026-01-01T00:00:00Z,1,,c1,web,inf,1", "column 'amount'");
  expect_bad_record("e2,2026-01-01,1,,c1,web,1,1", "column 'time': expected timestamp (RFC 3339");
  expect_bad_record("e2,2026-01-01T00:00:00Z,1,soon,c1,web,1,1", "column 'seen'");
  expect_bad_record("e2,2026-01-01T00:00:00Z,maybe,,c1,web,1,1", "column 'fraud': expected a label");
  expect_bad_record("e2,2026-01-01T00:00:00Z,1,,c1,\xFF,1,1", "column 'channel': expected string (UTF-8 text)");
}

TEST_F(ReadRows, RefusesFieldsThatMayNotBeEmpty) {
  expect_bad_record(",2026-01-01T00:00:00Z,1,,c1,web,1,1",
                    "column 'event_id': expected a key in every row, found an empty field");
  expect_bad_record("e2,,1,,c1,web,1,1", "column 'time'");
  expect_bad_record("e2,2026-01-01T00:00:00Z,1,,c1,web,,1", "column 'amount'");
}

TEST_F(ReadRows, RefusesLabelsThatAreNeitherZeroNorOne) {
  column("fraud").type = "int64";
  expect_bad_record("e2,2026-01-01T00:00:00Z,2,,c1,web,1,1", "column 'fraud'");
}

TEST_F(ReadRows, RefusesWeightsBelowZero) {
  column("amount").roles = {"weight"};
  expect_bad_record("e2,2026-01-01T00:00:00Z,1,,c1,web,-0.5,1", "a weight that is not negative");
}

TEST_F(ReadRows, KeepsKeysOutOfMessages) {
  column("event_id").type = "int64";
  pin(kHeader + "4111111111111111x" + kRow.substr(2), 1);
  expect_refusal(Code::DATA_INVALID,
                 "column 'event_id': expected int64 (a whole number), found text of 17 characters (the");
  EXPECT_THAT(failure({data}).message(), Not(HasSubstr("4111")));
}

TEST_F(ReadRows, NeedsEachRoleOfTraining) {
  pin(kHeader + kRow, 1);
  const auto complete = data;
  for (const std::string role : {"subject_key", "event_time", "label", "label_observed_time", "feature"}) {
    data = complete;
    for (auto& each : data.columns) std::erase(each.roles, role);
    expect_refusal(Code::MATERIALIZATION_INVALID, "no column has the role " + role);
  }
}

TEST_F(ReadRows, SaysHowToDoWithoutALabelTime) {
  pin(kHeader + kRow, 1);
  column("seen").roles = {"slice"};
  column("seen").type = "string";
  EXPECT_THAT(failure({data}).hint(), HasSubstr("give the event-time column this role too"));
}

TEST_F(ReadRows, RefusesARoleGivenTwice) {
  pin(kHeader + kRow, 1);
  const auto complete = data;
  const std::pair<std::string, std::string> kTwice[] = {{"subject_key", "card"},
                                                        {"event_time", "seen"},
                                                        {"label_observed_time", "time"},
                                                        {"amount", "score"},
                                                        {"entity_key", "event_id"}};
  for (const auto& [role, name] : kTwice) {
    data = complete;
    column(name).roles.push_back(role);
    expect_refusal(Code::MATERIALIZATION_INVALID, "both have the role " + role);
  }
  for (const std::string role : {"weight", "label"}) {
    data = complete;
    column("score").roles = column("amount").roles = {role};
    if (role == "label") column("fraud").roles = {"feature"};
    if (role == "weight") column("fraud").roles.emplace_back("feature");
    expect_refusal(Code::MATERIALIZATION_INVALID, "both have the role " + role);
  }
  data = complete;
  column("time").roles.emplace_back("feature_time");
  column("seen").roles.emplace_back("feature_time");
  expect_refusal(Code::MATERIALIZATION_INVALID, "both have the role feature_time");
}

TEST_F(ReadRows, RefusesTypesThatDoNotFitTheRole) {
  pin(kHeader + kRow, 1);
  const auto complete = data;
  column("channel").roles = {"amount"};
  column("amount").roles = {"feature"};
  expect_refusal(Code::MATERIALIZATION_INVALID,
                 "column 'channel' has type string, but the role amount needs int64, float32 or float64");
  data = complete;
  column("time").type = "int64";
  expect_refusal(Code::MATERIALIZATION_INVALID, "the role event_time needs timestamp, epoch_s or epoch_ms");
  data = complete;
  column("fraud").type = "string";
  expect_refusal(Code::MATERIALIZATION_INVALID, "the role label needs bool");
}

TEST_F(ReadRows, RefusesWordsItDoesNotKnow) {
  pin(kHeader + kRow, 1);
  const auto complete = data;
  column("score").type = "double";
  expect_refusal(Code::MATERIALIZATION_INVALID, "unknown type 'double'");
  data = complete;
  column("score").roles = {"featrue"};
  expect_refusal(Code::MATERIALIZATION_INVALID, "unknown role 'featrue' (did you mean 'feature'?)");
}

TEST_F(ReadRows, RefusesAColumnDeclaredTwice) {
  pin(kHeader + kRow, 1);
  const auto complete = data;
  data.columns.push_back(data.columns.back());
  expect_refusal(Code::MATERIALIZATION_INVALID, "the column 'score' is given twice");
  data = complete;
  column("score").roles = {"feature", "feature"};
  expect_refusal(Code::MATERIALIZATION_INVALID, "the role 'feature' is given twice");
}

TEST_F(ReadRows, RefusesTheLabelAsAFeature) {
  pin(kHeader + kRow, 1);
  column("fraud").roles.emplace_back("feature");
  expect_refusal(Code::MATERIALIZATION_INVALID, "column 'fraud' is the label and a feature");
}

TEST_F(ReadRows, MixesNumbersOfAllTypesAndInstantsThatAreNoFeatures) {
  pin(kHeader + kRow, 1);
  auto second = data;
  second.dataset_manifest_id = "dm_2";
  column("score").type = "float64";
  column("amount").type = "float32";
  column("fraud").type = "int64";
  column("seen").type = "epoch_s";
  EXPECT_NO_THROW(require_one_table({second, data}));
}

TEST_F(ReadRows, RefusesTypesThatDoNotMeanTheSame) {
  pin(kHeader + kRow, 1);
  const auto first = data;
  const std::pair<const char*, const char*> others[] = {
      {"event_id", "int64"}, {"card", "int64"}, {"channel", "bool"}, {"score", "timestamp"}};
  for (const auto& [name, type] : others) {
    data = first;
    data.dataset_manifest_id = "dm_2";
    column(name).type = type;
    EXPECT_EQ(failure({first, data}).code(), Code::MATERIALIZATION_INVALID) << name;
    EXPECT_THAT(failure({first, data}).message(), HasSubstr(name));
    EXPECT_EQ(failure({data, first}).code(), Code::MATERIALIZATION_INVALID) << name;
  }
}

TEST_F(ReadRows, RefusesMaterialisationsOfDifferentColumns) {
  pin(kHeader + kRow, 1);
  auto second = data;
  second.dataset_manifest_id = "dm_2";
  second.columns.back().name = "rank";
  EXPECT_EQ(failure({data, second}).code(), Code::MATERIALIZATION_INVALID);
  EXPECT_THAT(failure({data, second}).message(), HasSubstr("only one has the feature 'rank'"));
  second = data;
  column("amount").roles = {"feature"};
  EXPECT_THAT(failure({second, data}).message(), HasSubstr("only one has the role amount"));
  column("amount").roles = {"amount", "feature"};
  column("channel").roles = {};
  EXPECT_THAT(failure({second, data}).message(), HasSubstr("only one has the slice 'channel'"));
}

}  // namespace
}  // namespace mf::dataset
