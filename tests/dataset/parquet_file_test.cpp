#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "dataset/parquet_library.hpp"
#include "mf/dataset/read_rows.hpp"
#include "mf/dataset/row_source.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/time.hpp"

namespace mf::dataset {
namespace {

using contracts::DatasetMaterialization;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using Columns = std::vector<DatasetMaterialization::Column>;

const Columns kCards = {{"event_id", "string", {"subject_key"}},
                        {"time", "timestamp", {"event_time"}},
                        {"fraud", "bool", {"label"}},
                        {"seen", "timestamp", {"label_observed_time"}},
                        {"card", "string", {"entity_key"}},
                        {"channel", "string", {"slice"}},
                        {"amount", "float64", {"amount", "feature"}},
                        {"score", "float32", {"feature"}}};

/// The same rows as tests/data/parquet/make.py has.
const std::string kCardsAsCsv =
    "event_id,time,fraud,seen,card,channel,amount,score\n"
    "e0,2026-01-01T00:00:00Z,true,2026-01-02T00:00:00Z,c1,web,12.5,0.25\n"
    "e1,2026-01-02T00:00:00Z,false,2026-01-03T00:00:00Z,c2,pos,7,\n"
    "e2,2026-01-03T00:00:00Z,,,,web,0.1,\n"
    "e3,2026-01-04T00:00:00Z,false,2026-01-05T00:00:00Z,c1,,3.25,-1.5\n"
    "e4,2026-01-05T00:00:00Z,true,2026-01-06T00:00:00Z,c2,web,1000000,3\n";

/// What makes a file of types.parquet or refused.parquet complete, with the columns in question.
Columns with_keys(Columns columns) {
  columns.insert(columns.begin(), {{"event_id", "int64", {"subject_key"}},
                                   {"time", "epoch_s", {"event_time", "label_observed_time"}},
                                   {"fraud", "float64", {"label"}}});
  return columns;
}

std::string bytes_of(const std::string& name) {
  std::ifstream file(MF_SOURCE_DIR "/tests/data/parquet/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

#ifdef MF_WITH_PARQUET
constexpr bool kHasArrow = true;
#else
constexpr bool kHasArrow = false;
#endif

/// A store with Parquet files, and the materialisation that pins them.
class ParquetFile : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!kHasArrow) GTEST_SKIP() << "built without Apache Arrow";
    data.dataset_manifest_id = "dm_1";
    data.format = "parquet";
    data.columns = kCards;
  }

  void pin(const std::string& name, std::int64_t rows) { pin_bytes(bytes_of(name), rows); }

  void pin_bytes(const std::string& bytes, std::int64_t rows) {
    const std::string ref = "data/part-" + std::to_string(files_++) + "." + data.format;
    store->put_if_absent(ref, bytes);
    data.files.push_back({ref, identity::sha256_hex(bytes), static_cast<std::int64_t>(bytes.size()), rows});
    data.row_count += rows;
  }

  void unpin() {
    data.files.clear();
    data.row_count = 0;
  }

  Rows read() { return read_rows(*store, {data}); }

  /// Files of several codecs and row groups, one after the other.
  Rows read_cards(int threads) {
    unpin();
    for (const char* name : {"cards-zstd", "cards-plain", "cards-snappy"}) pin(std::string(name) + ".parquet", 5);
    return read_rows(*store, {data}, {}, threads);
  }

  Error failure() {
    try {
      read();
    } catch (const Error& error) {
      return error;
    }
    return Error(Code::INTERNAL, "nothing was refused");
  }

  void expect_refusal(Code code, const std::string& words) {
    const Error error = failure();
    EXPECT_EQ(error.row().name, row_of(code).name) << error.message();
    EXPECT_THAT(error.message(), HasSubstr(words));
    EXPECT_THAT(error.message(), Not(HasSubstr("\n")));
  }

  Rows cards_of_csv() {
    const auto declared = data;
    unpin();
    data.format = "csv";
    pin_bytes(kCardsAsCsv, 5);
    Rows rows = read();
    data = declared;
    return rows;
  }

  std::unique_ptr<store::ArtifactStore> store = store::open_memory();
  DatasetMaterialization data;

 private:
  int files_ = 0;
};

std::vector<std::string> texts(const TextColumn& column) {
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < column.size(); ++row) texts.emplace_back(column[row]);
  return texts;
}

/// NaN equals NaN here.
std::vector<std::string> shown(const std::vector<float>& values) {
  std::vector<std::string> texts;
  for (const float value : values) texts.push_back(std::isnan(value) ? "missing" : std::to_string(value));
  return texts;
}

void expect_same(const Rows& a, const Rows& b) {
  EXPECT_EQ(a.feature_names, b.feature_names);
  EXPECT_EQ(shown(a.features), shown(b.features));
  EXPECT_EQ(texts(a.keys), texts(b.keys));
  EXPECT_EQ(a.event_time, b.event_time);
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_EQ(a.label_time, b.label_time);
  EXPECT_EQ(a.amounts, b.amounts);
  EXPECT_EQ(texts(a.entities), texts(b.entities));
  ASSERT_EQ(a.slices.size(), b.slices.size());
  for (std::size_t i = 0; i < a.slices.size(); ++i) EXPECT_EQ(texts(a.slices[i].values), texts(b.slices[i].values));
}

TEST_F(ParquetFile, HoldsTheSameRowsAsItsCsvWhateverTheCodec) {
  const Rows expected = cards_of_csv();
  for (const char* codec : {"none", "snappy", "gzip", "zstd", "lz4", "brotli", "plain"}) {
    unpin();
    pin("cards-" + std::string(codec) + ".parquet", 5);
    SCOPED_TRACE(codec);
    expect_same(read(), expected);
  }
}

TEST_F(ParquetFile, JoinsSeveralFilesInTheOrderGiven) {
  pin("cards-zstd.parquet", 5);
  pin("cards-empty.parquet", 0);
  pin("cards-plain.parquet", 5);
  EXPECT_THAT(texts(read().keys), ElementsAre("e0", "e1", "e2", "e3", "e4", "e0", "e1", "e2", "e3", "e4"));
}

TEST_F(ParquetFile, GivesBatchesOfTheSizeAskedForWhateverItsRowGroups) {
  pin("cards-zstd.parquet", 5);
  pin("cards-snappy.parquet", 5);
  for (const std::size_t size : {1U, 3U, 4U, 10U, 65'536U}) {
    const auto source = open_rows(*store, {data});
    Rows batch = source->empty(size);
    std::vector<std::string> keys;
    while (const std::size_t got = source->append_to(batch, size)) {
      EXPECT_EQ(got, std::min(size, 10 - keys.size()));
      EXPECT_EQ(batch.size(), got);
      EXPECT_EQ(batch.features.size(), got * 2);
      for (const auto& key : texts(batch.keys)) keys.push_back(key);
      clear(batch);
    }
    EXPECT_EQ(keys.size(), 10U);
  }
}

TEST_F(ParquetFile, ReadsEveryTypeThatAFeatureCanHave) {
  struct Case {
    const char* column;
    const char* type;
    float third;
  };
  constexpr Case kCases[] = {{"int8", "int64", -2},
                             {"int16", "float32", -2},
                             {"int32", "float64", -2},
                             {"int64", "int64", -2},
                             {"uint8", "int64", 127},
                             {"uint16", "float32", 32767},
                             {"uint32", "int64", 2147483648.F},
                             {"uint64", "float64", 0x1p63F},
                             {"bool", "bool", 0},
                             {"float16", "float32", -0.5F},
                             {"float32", "float64", -0.5F},
                             {"float64", "float32", -0.5F},
                             {"dictionary", "float32", -0.5F},
                             {"decimal_small", "float64", -0.01F},
                             {"decimal_whole", "int64", -2},
                             {"decimal_32", "float32", -0.5F},
                             {"decimal_64", "float64", -0.5F},
                             {"decimal_most", "float64", -0.5F},
                             {"whole_dictionary", "int64", -2},
                             {"whole_dictionary", "epoch_s", -2},
                             {"uint32", "epoch_s", 2147483648.F},
                             {"decimal_large", "float64", -123456789012345678901234.567F},
                             {"seconds", "timestamp", 86'400},
                             {"milliseconds", "timestamp", 86'400},
                             {"microseconds", "timestamp", 86'400},
                             {"nanoseconds", "timestamp", 86'400},
                             {"int32", "epoch_ms", -0.002F}};
  for (const auto& of : kCases) {
    SCOPED_TRACE(std::string(of.column) + " as " + of.type);
    unpin();
    pin("types.parquet", 3);
    data.columns = with_keys({{of.column, of.type, {"feature"}}});
    const Rows rows = read();
    ASSERT_EQ(rows.features.size(), 3U);
    const float first = std::string(of.type) == "epoch_ms" ? 0.001F : 1;
    EXPECT_EQ(rows.features[0], first);
    EXPECT_TRUE(std::isnan(rows.features[1]));
    EXPECT_EQ(rows.features[2], of.third);
  }
}

TEST_F(ParquetFile, TakesNaNForAMissingValue) {
  pin("types.parquet", 3);
  data.columns = with_keys({{"missing_numbers", "float64", {"feature"}}});
  EXPECT_THAT(shown(read().features), ElementsAre("1.000000", "missing", "missing"));
}

TEST_F(ParquetFile, ReadsTextsWhateverTheirForm) {
  for (const char* column : {"string", "large_string", "string_dictionary"}) {
    SCOPED_TRACE(column);
    unpin();
    pin("types.parquet", 3);
    data.columns = with_keys({{column, "string", {"entity_key", "slice"}}, {"int8", "int64", {"feature"}}});
    const Rows rows = read();
    EXPECT_THAT(texts(rows.entities), ElementsAre("a", "", "b"));
    EXPECT_THAT(texts(rows.slices[0].values), ElementsAre("a", "", "b"));
  }
}

TEST_F(ParquetFile, ReadsNumbersAsKeysTimesAndLabels) {
  pin("types.parquet", 3);
  data.columns = with_keys({{"large_string", "string", {"entity_key"}},
                            {"bool", "bool", {"slice"}},
                            {"uint16", "int64", {"slice"}},
                            {"decimal_small", "float64", {"feature"}}});
  const Rows rows = read();
  EXPECT_THAT(texts(rows.keys), ElementsAre("1", "2", "3"));
  EXPECT_THAT(rows.event_time, ElementsAre(0, kMicrosecondsPerSecond, 2 * kMicrosecondsPerSecond));
  EXPECT_THAT(rows.labels, ElementsAre(1, Rows::kUnknownLabel, 0));
  EXPECT_THAT(texts(rows.entities), ElementsAre("a", "", "b"));
  EXPECT_THAT(texts(rows.slices[0].values), ElementsAre("true", "", "false"));
  EXPECT_THAT(texts(rows.slices[1].values), ElementsAre("1", "", "32767"));
}

TEST_F(ParquetFile, RefusesTypesByTheirNames) {
  const std::pair<const char*, const char*> cases[] = {{"list", "list"},
                                                       {"struct", "struct"},
                                                       {"map", "map"},
                                                       {"binary", "binary"},
                                                       {"fixed", "binary of fixed size"},
                                                       {"date", "date"},
                                                       {"day", "date"},
                                                       {"clock", "time of day"},
                                                       {"clock_seconds", "time of day"},
                                                       {"large_list", "list"},
                                                       {"fixed_list", "list of fixed size"},
                                                       {"large_binary", "binary"},
                                                       {"duration", "duration"},
                                                       {"wide", "decimal(50, 2)"},
                                                       {"nothing", "null"},
                                                       {"string", "string"},
                                                       {"local", "timestamp in microseconds without a zone"}};
  for (const auto& [column, name] : cases) {
    SCOPED_TRACE(column);
    unpin();
    pin("refused.parquet", 3);
    data.columns = with_keys({{column, "float32", {"feature"}}});
    if (std::string(column) == "local") data.columns.back().type = "timestamp";
    expect_refusal(Code::DATA_INVALID, std::string("the file holds ") + name);
    EXPECT_EQ(failure().context().at("column"), column);
  }
}

TEST_F(ParquetFile, RefusesTimesOfOldProgramsWhichHaveNoZone) {
  pin("int96.parquet", 3);
  data.columns = with_keys({{"old", "timestamp", {"feature"}}});
  expect_refusal(Code::DATA_INVALID, "the file holds timestamp in nanoseconds without a zone");
}

TEST_F(ParquetFile, RefusesEncryptedFiles) {
  for (const char* name : {"encrypted-footer.parquet", "encrypted-column.parquet"}) {
    SCOPED_TRACE(name);
    unpin();
    pin(name, 5);
    expect_refusal(Code::FORMAT_UNSUPPORTED, "ncrypt");
  }
}

TEST_F(ParquetFile, ReadsNothingOfColumnsThatAreNotDeclared) {
  const Rows expected = cards_of_csv();
  pin("cards-broken.parquet", 5);
  expect_same(read(), expected);
  data.columns.push_back({"spare", "float64", {"feature"}});
  expect_refusal(Code::DATA_INVALID, "no Parquet file, or a damaged one");
}

TEST_F(ParquetFile, RefusesAColumnThatIsThereTwice) {
  pin("cards-twice.parquet", 5);
  expect_refusal(Code::DATA_INVALID, "the schema has the column 'score' 2 times");
}

TEST_F(ParquetFile, HoldsTheSameRowsOnAnyNumberOfThreads) {
  const Rows expected = read_cards(1);
  for (const int threads : {2, 4}) expect_same(read_cards(threads), expected);
}

TEST_F(ParquetFile, RefusesValuesThatDoNotFit) {
  struct Case {
    const char* column;
    const char* type;
    const char* words;
  };
  constexpr Case kCases[] = {{"infinite", "float32", "found -inf"},
                             {"large", "float64", "found 1e+300"},
                             {"large", "float32", "found 1e+300"},
                             {"huge", "int64", "found a number larger than an int64"},
                             {"two", "bool", "found 2"},
                             {"late", "timestamp", "found an instant outside"}};
  for (const auto& of : kCases) {
    SCOPED_TRACE(of.column);
    unpin();
    pin("refused.parquet", 3);
    data.columns = with_keys({{of.column, of.type, {"feature"}}});
    expect_refusal(Code::DATA_INVALID, of.words);
    EXPECT_EQ(failure().context().at("row"), "3");
    EXPECT_EQ(failure().context().at("column"), of.column);
  }
}

TEST_F(ParquetFile, RefusesALabelThatIsNeitherOneNorZero) {
  pin("refused.parquet", 3);
  data.columns = with_keys({{"two", "int64", {"feature"}}});
  data.columns[2] = {"fraction", "float64", {"label"}};
  expect_refusal(Code::DATA_INVALID, "row 3, column 'fraction': expected a label");
}

TEST_F(ParquetFile, RefusesMissingKeysTimesAndAmounts) {
  for (const auto* role : {"subject_key", "event_time", "amount"}) {
    SCOPED_TRACE(role);
    unpin();
    pin("types.parquet", 3);
    data.columns = with_keys({{"float32", "float32", {"feature"}}});
    const std::string of(role);
    if (of == "subject_key") data.columns[0] = {"large_string", "string", {role}};
    if (of == "event_time") data.columns[1] = {"microseconds", "timestamp", {role, "label_observed_time"}};
    if (of == "amount") data.columns.push_back({"float64", "float64", {role}});
    expect_refusal(Code::DATA_INVALID, "found no value");
  }
}

TEST_F(ParquetFile, RefusesAColumnThatIsNotThere) {
  pin("cards-zstd.parquet", 5);
  data.columns.back().name = "scores";
  expect_refusal(Code::DATA_INVALID, "the schema lacks the column 'scores' (did you mean 'score'?)");
}

TEST_F(ParquetFile, RefusesAnotherNumberOfRowsThanPromised) {
  pin("cards-zstd.parquet", 4);
  expect_refusal(Code::DATA_INVALID, "says 4 rows");
  unpin();
  pin("cards-zstd.parquet", 6);
  expect_refusal(Code::DATA_INVALID, "says 6 rows, the file holds 5");
}

TEST_F(ParquetFile, RefusesOtherBytesThanThosePinned) {
  pin("cards-zstd.parquet", 5);
  data.files[0].sha256 = std::string(64, 'a');
  expect_refusal(Code::MATERIALIZATION_DIGEST_MISMATCH, "is not the one that was pinned");
}

TEST_F(ParquetFile, CallsAChangedFileChangedEvenWhenItIsNoParquet) {
  pin_bytes("PAR1 and nothing else", 5);
  data.files[0].sha256 = std::string(64, 'a');
  expect_refusal(Code::MATERIALIZATION_DIGEST_MISMATCH, "is not the one that was pinned");
}

TEST_F(ParquetFile, RefusesWhatIsNoParquet) {
  for (const std::string& bytes :
       {std::string(), std::string("PAR1"), kCardsAsCsv, "PAR1" + std::string(100, '\0') + "PAR1"}) {
    unpin();
    pin_bytes(bytes, 5);
    expect_refusal(Code::DATA_INVALID, "no Parquet file, or a damaged one");
  }
}

TEST_F(ParquetFile, RefusesAFileThatWasCutAtAnyByte) {
  const std::string whole = bytes_of("cards-plain.parquet");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    unpin();
    pin_bytes(whole.substr(0, size), 5);
    EXPECT_EQ(failure().code(), Code::DATA_INVALID) << size;
  }
}

/// Pinned as they are, so that only the reader stands between them and the rows.
TEST_F(ParquetFile, NeverBreaksOnABitThatFlipped) {
  const std::pair<const char*, std::size_t> files[] = {{"cards-plain.parquet", 1}, {"cards-zstd.parquet", 7}};
  for (const auto& [name, step] : files) {
    const std::string whole = bytes_of(name);
    for (std::size_t place = 0; place < whole.size(); place += step) {
      std::string flipped = whole;
      flipped[place] = static_cast<char>(flipped[place] ^ (1 << (place % 8)));
      unpin();
      pin_bytes(flipped, 5);
      const auto code = failure().code();
      const bool told = code == Code::DATA_INVALID || code == Code::FORMAT_UNSUPPORTED || code == Code::OUT_OF_MEMORY;
      EXPECT_TRUE(told || code == Code::INTERNAL) << name << ", " << place;
    }
  }
}

TEST(ParquetLibrary, RefusesALibraryThatIsNotThere) {
  try {
    load_parquet("libmf_parquet_of_nowhere.so");
    FAIL() << "it was loaded";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::FORMAT_UNSUPPORTED);
    EXPECT_THAT(error.message(), HasSubstr("libmf_parquet_of_nowhere.so"));
  }
}

TEST(ParquetLibrary, RefusesALibraryThatIsSomethingElse) { EXPECT_THROW(load_parquet("libz.so.1"), Error); }

}  // namespace
}  // namespace mf::dataset
