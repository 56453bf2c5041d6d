#include "dataset/pin_parquet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "mf/error.hpp"
#include "mf/identity/digest.hpp"

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string bytes_of(const std::string& name) {
  std::ifstream file(MF_SOURCE_DIR "/tests/data/parquet/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

class PinParquet : public ::testing::Test {
 protected:
  void SetUp() override {
#ifndef MF_WITH_PARQUET
    GTEST_SKIP() << "built without Apache Arrow";
#endif
    settings.columns = {.id = "event_id", .time = "time", .label = "fraud", .label_time = "seen"};
    settings.columns.entity = "card";
    settings.columns.amount = "amount";
    settings.columns.slices = {"channel"};
    settings.format = "parquet";
    settings.platform_run_id = "platform_1";
    settings.label_asof = "2026-02-01T00:00:00Z";
    settings.feature_set_id = "cards";
    settings.feature_set_version = "v1";
    settings.ofs_code_release_id = "git:1";
    settings.config_revision = "ofs@r1";
  }

  PinnedDataset pin(const std::string& name) { return pin_file(settings, bytes_of(name), name); }

  Error failure(const std::string& name) {
    try {
      pin(name);
    } catch (const Error& error) {
      return error;
    }
    return Error(Code::INTERNAL, "nothing was refused");
  }

  PinSettings settings;
};

std::vector<std::string> declared(const PinnedDataset& pinned) {
  std::vector<std::string> columns;
  for (const auto& column : pinned.materialization.columns) columns.push_back(column.name + " " + column.type);
  return columns;
}

TEST_F(PinParquet, TakesTypesFromTheFileAndLeavesTheRestOut) {
  const auto pinned = pin("cards-zstd.parquet");
  EXPECT_THAT(declared(pinned), ElementsAre("event_id string", "time timestamp", "fraud bool", "seen timestamp",
                                            "card string", "channel string", "amount float64", "score float32"));
  ASSERT_EQ(pinned.left_out.size(), 1U);
  EXPECT_EQ(pinned.left_out[0].name, "unused");
  EXPECT_EQ(pinned.left_out[0].reason, "it holds list");
}

TEST_F(PinParquet, CountsAndPinsWhatItRead) {
  const auto pinned = pin("cards-zstd.parquet");
  EXPECT_EQ(pinned.materialization.format, "parquet");
  EXPECT_EQ(pinned.materialization.row_count, 5);
  EXPECT_EQ(pinned.materialization.files[0].sha256, identity::sha256_hex(bytes_of("cards-zstd.parquet")));
  EXPECT_EQ(pinned.manifest.label_coverage->labelled, 4);
  EXPECT_EQ(pinned.manifest.label_coverage->positive, 2);
}

TEST_F(PinParquet, TakesNumbersAsKeysAndLabels) {
  settings.columns = {.id = "event_id", .time = "time", .label = "fraud", .label_time = "time"};
  settings.columns.features = {"uint64", "decimal_small", "bool"};
  settings.time_type = "epoch_s";
  EXPECT_THAT(declared(pin("types.parquet")), ElementsAre("event_id int64", "time epoch_s", "fraud float32",
                                                          "uint64 int64", "bool bool", "decimal_small float32"));
}

TEST_F(PinParquet, RefusesAColumnOfAnotherType) {
  settings.columns.entity = "score";
  EXPECT_THAT(failure("cards-zstd.parquet").message(),
              HasSubstr("column 'score': expected string, the file holds float32"));
}

TEST_F(PinParquet, RefusesWhatTrainingWouldRefuse) {
  settings.columns.id = "card";
  settings.columns.entity = std::nullopt;
  EXPECT_THAT(failure("cards-zstd.parquet").message(), HasSubstr("row 3, column 'card': expected a key in every row"));
}

TEST_F(PinParquet, RefusesAFileWithoutRows) { EXPECT_EQ(failure("cards-empty.parquet").code(), Code::DATA_EMPTY); }

TEST_F(PinParquet, RefusesAColumnThatIsThereTwice) {
  EXPECT_THAT(failure("cards-twice.parquet").message(), HasSubstr("the schema has the column 'score' twice"));
}

TEST_F(PinParquet, RefusesAColumnThatIsNotThere) {
  settings.columns.id = "event";
  EXPECT_EQ(failure("cards-zstd.parquet").code(), Code::USAGE);
}

}  // namespace
}  // namespace mf::dataset
