#include "mf/dataset/pin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "dataset/column_roles.hpp"
#include "mf/dataset/demo_cards.hpp"
#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "mf/identity/recipes.hpp"
#include "support/text_source.hpp"

namespace mf::dataset {
namespace {

using test_support::TextSource;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kSmallFile =
    "id,time,card,fraud,known,amount,tries,mail\n"
    "e1,2026-01-01T00:00:00Z,c1,0,2026-01-05T00:00:00Z,10.50,1,a@b.example\n"
    "e2,2026-01-02T00:00:00Z,c1,1,2026-01-06T00:00:00Z,99.00,3,c@d.example\n"
    "e3,2026-01-03T00:00:00Z,c2,,,5.25,,e@f.example\n";

PinSettings small_settings() {
  PinSettings settings;
  settings.columns = {
      .id = "id", .time = "time", .label = "fraud", .label_time = "known", .entity = "card", .amount = "amount"};
  settings.platform_run_id = "platform_20260210T091951Z";
  settings.label_asof = "2026-02-10T00:00:00Z";
  settings.feature_set_id = "core_features";
  settings.feature_set_version = "v1";
  settings.ofs_code_release_id = "git:79830c71c2";
  settings.config_revision = "ofs@r1";
  return settings;
}

PinnedDataset pin(const std::string& csv, const PinSettings& settings = small_settings()) {
  TextSource source(csv);
  return pin_csv(settings, source, "cards.csv");
}

Error refusal(const std::string& csv, const PinSettings& settings = small_settings()) {
  try {
    pin(csv, settings);
  } catch (const Error& error) {
    EXPECT_EQ(error.message().find('\n'), std::string::npos) << error.message();
    EXPECT_FALSE(error.hint().empty());
    return error;
  }
  ADD_FAILURE() << "accepted";
  return {Code::INTERNAL, ""};
}

/// The small file with one text replaced.
std::string file_with(const std::string& from, const std::string& to) {
  std::string csv = kSmallFile;
  csv.replace(csv.find(from), from.size(), to);
  return csv;
}

PinSettings settings_with(const std::function<void(PinSettings&)>& change) {
  PinSettings settings = small_settings();
  change(settings);
  return settings;
}

std::string column_text(const contracts::DatasetMaterialization::Column& column) {
  std::string text = column.name + ":" + column.type;
  for (const auto& role : column.roles) text += " " + role;
  return text;
}

std::vector<std::string> columns_of(const PinnedDataset& pinned) {
  std::vector<std::string> texts;
  for (const auto& column : pinned.materialization.columns) texts.push_back(column_text(column));
  return texts;
}

TEST(PinCsv, DeclaresChosenColumnsAndTheNumericRest) {
  EXPECT_THAT(
      columns_of(pin(kSmallFile)),
      ElementsAre("id:string subject_key", "time:timestamp event_time", "card:string entity_key", "fraud:bool label",
                  "known:timestamp label_observed_time", "amount:float64 amount feature", "tries:int64 feature"));
}

TEST(PinCsv, DeclaresWhatTrainingCanRead) {
  const RowLayout layout = layout_of(pin(kSmallFile).materialization);
  EXPECT_THAT(layout.features, ElementsAre("amount", "tries"));
  EXPECT_TRUE(layout.amount && layout.entity_key);
}

TEST(PinCsv, SaysWhichColumnsItLeftOutAndWhy) {
  const auto pinned = pin(kSmallFile);
  ASSERT_EQ(pinned.left_out.size(), 1U);
  EXPECT_EQ(pinned.left_out[0].name, "mail");
  EXPECT_EQ(pinned.left_out[0].reason, "line 2 holds text of 11 characters 'a@b.example'");
}

TEST(PinCsv, KeepsLongTextsOutOfItsReasons) {
  const auto pinned = pin(file_with("a@b.example", "somebody@example.org"));
  EXPECT_EQ(pinned.left_out.at(0).reason, "line 2 holds text of 20 characters");
}

TEST(PinCsv, LeavesNumericColumnsOutWhenFeaturesAreNamed) {
  const auto pinned = pin(kSmallFile, settings_with([](auto& s) { s.columns.features = {"amount"}; }));
  EXPECT_EQ(column_text(pinned.materialization.columns.back()), "amount:float64 amount feature");
  ASSERT_EQ(pinned.left_out.size(), 2U);
  EXPECT_EQ(pinned.left_out[0].name, "tries");
  EXPECT_EQ(pinned.left_out[0].reason, "it was not named");
}

TEST(PinCsv, MeasuresTheFile) {
  const auto pinned = pin(kSmallFile);
  const auto& materialization = pinned.materialization;
  EXPECT_EQ(materialization.row_count, 3);
  ASSERT_EQ(materialization.files.size(), 1U);
  EXPECT_EQ(materialization.files[0].rows, 3);
  EXPECT_EQ(materialization.files[0].bytes, static_cast<std::int64_t>(std::string(kSmallFile).size()));
  EXPECT_EQ(materialization.files[0].sha256, identity::sha256_hex(kSmallFile));
  EXPECT_EQ(pinned.manifest.label_coverage->rows, 3);
  EXPECT_EQ(pinned.manifest.label_coverage->labelled, 2);
  EXPECT_EQ(pinned.manifest.label_coverage->positive, 1);
}

TEST(PinCsv, FillsBothDocuments) {
  const auto pinned = pin(kSmallFile, settings_with([](auto& s) { s.maturity_days = 30; }));
  const auto& manifest = pinned.manifest;
  EXPECT_EQ(manifest.schema_version, "learning.dataset_manifest.v1");
  EXPECT_EQ(manifest.platform_run_id, "platform_20260210T091951Z");
  EXPECT_EQ(manifest.label_basis.label_asof_utc, "2026-02-10T00:00:00Z");
  EXPECT_EQ(manifest.label_basis.resolution_rule, "observed_time<=label_asof_utc");
  EXPECT_EQ(manifest.label_basis.maturity_days, 30);
  EXPECT_EQ(manifest.feature_definition_set.feature_set_id, "core_features");
  EXPECT_EQ(manifest.provenance.config_revision, "ofs@r1");
  EXPECT_THAT(manifest.join_scope->subject_key, ElementsAre("platform_run_id", "id"));
  EXPECT_EQ(manifest.sampling->rule, "none");
  ASSERT_EQ(manifest.replay_basis.size(), 1U);
  EXPECT_EQ(manifest.replay_basis[0].topic, "file");
  EXPECT_EQ(manifest.replay_basis[0].offset_kind, "row");
  EXPECT_EQ(manifest.replay_basis[0].start_offset, "0");
  EXPECT_EQ(manifest.replay_basis[0].end_offset, "2");
  EXPECT_EQ(pinned.materialization.schema_version, "learning.dataset_materialization.v1");
  EXPECT_EQ(pinned.materialization.format, "csv");
  EXPECT_EQ(pinned.materialization.readiness.replay_status, "COMPLETE");
  EXPECT_EQ(pinned.materialization.readiness.label_status, "READY_FOR_TRAINING");
  EXPECT_EQ(pinned.materialization.dataset_manifest_id, manifest.dataset_manifest_id);
}

TEST(PinCsv, LeavesThePlacesToTheCaller) {
  const auto pinned = pin(kSmallFile);
  EXPECT_FALSE(pinned.manifest.materialization_ref);
  EXPECT_EQ(pinned.materialization.files[0].ref, "");
}

TEST(PinCsv, NamesTheDatasetByItsContent) {
  const auto pinned = pin(kSmallFile);
  EXPECT_EQ(pinned.manifest.dataset_fingerprint, "f7c2611d53bef62760a67f6479c15f09d635a338f5e9f11622323894b7bfdc83");
  EXPECT_EQ(pinned.manifest.dataset_manifest_id, identity::dataset_manifest_id(pinned.manifest.dataset_fingerprint));
}

TEST(PinCsv, GivesAnotherIdToOtherBytesOrAnotherMeaning) {
  const auto id = [](const std::string& csv, const PinSettings& settings) {
    return pin(csv, settings).manifest.dataset_manifest_id;
  };
  const std::string first = id(kSmallFile, small_settings());
  EXPECT_EQ(first, id(kSmallFile, small_settings()));
  EXPECT_NE(first, id(file_with("10.50", "10.51"), small_settings()));
  const std::vector<std::function<void(PinSettings&)>> meanings = {
      [](auto& s) { s.platform_run_id = "platform_20260211T000000Z"; },
      [](auto& s) { s.label_asof = "2026-02-11T00:00:00Z"; },
      [](auto& s) { s.maturity_days = 0; },
      [](auto& s) { s.resolution_rule = "first"; },
      [](auto& s) { s.feature_set_version = "v2"; },
      [](auto& s) { s.feature_set_id = "other"; },
      [](auto& s) { s.columns.entity = {}; },
      [](auto& s) { s.columns.features = {"tries"}; },
  };
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    EXPECT_NE(first, id(kSmallFile, settings_with(meanings[i]))) << "meaning " << i;
  }
}

TEST(PinCsv, DescribesTheDemoAsTheDemoDescribesItself) {
  const DemoCards demo = make_demo_cards({.transactions = 1'000});
  PinSettings settings = small_settings();
  settings.columns = {.id = "event_id",
                      .time = "event_time_utc",
                      .label = "is_fraud",
                      .label_time = "label_observed_utc",
                      .feature_time = "feature_time_utc",
                      .entity = "card_id",
                      .amount = "amount",
                      .slices = {"channel", "merchant_category"}};
  const auto pinned = pin(demo.csv, settings);
  std::vector<std::string> declared;
  for (const auto& column : demo.columns) declared.push_back(column_text(column));
  EXPECT_EQ(columns_of(pinned), declared);
  EXPECT_THAT(pinned.left_out, IsEmpty());
  EXPECT_EQ(pinned.materialization.row_count, demo.rows);
  EXPECT_EQ(pinned.manifest.label_coverage->labelled, demo.labelled);
  EXPECT_EQ(pinned.manifest.label_coverage->positive, demo.positive);
}

struct Inference {
  const char* first;
  const char* second;
  const char* type;  // nullptr: not a feature
};

class PinCsvInfers : public testing::TestWithParam<Inference> {};

TEST_P(PinCsvInfers, TheTypeOfAFeature) {
  const auto& [first, second, type] = GetParam();
  const std::string csv =
      std::string("id,time,fraud,known,amount,x\ne1,2026-01-01T00:00:00Z,0,2026-01-05T00:00:00Z,1,") + first +
      "\ne2,2026-01-01T00:00:00Z,1,2026-01-05T00:00:00Z,2," + second + "\n";
  const auto pinned = pin(csv, settings_with([](auto& s) { s.columns.entity = {}; }));
  const auto& last = pinned.materialization.columns.back();
  EXPECT_EQ(column_text(last), type == nullptr ? "amount:int64 amount feature" : std::string("x:") + type + " feature");
}

INSTANTIATE_TEST_SUITE_P(Table, PinCsvInfers,
                         testing::Values(Inference{"1", "-7", "int64"}, Inference{"0", "1", "int64"},
                                         Inference{"1", "", "int64"}, Inference{"9223372036854775807", "0", "int64"},
                                         Inference{"9223372036854775808", "0", "float32"},
                                         Inference{"1", "2.5", "float32"}, Inference{"1e5", "2", "float32"},
                                         Inference{"", "0.25", "float32"}, Inference{"1e300", "2", nullptr},
                                         Inference{"true", "false", "bool"}, Inference{"True", "", "bool"},
                                         Inference{"true", "1", nullptr}, Inference{"", "", nullptr},
                                         Inference{"NA", "1", nullptr}, Inference{"1", "nan", nullptr},
                                         Inference{"inf", "1", nullptr}, Inference{" 1", "1", nullptr},
                                         Inference{"2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", nullptr}));

TEST(PinCsv, TakesLabelsInWordsAndAsNumbers) {
  auto with_labels = [](const char* legitimate, const char* fraud) {
    std::string csv = file_with("c1,0,", std::string("c1,") + legitimate + ",");
    return pin(csv.replace(csv.find("c1,1,"), 5, std::string("c1,") + fraud + ",")).materialization.columns[3];
  };
  EXPECT_EQ(column_text(with_labels("0", "1")), "fraud:bool label");
  EXPECT_EQ(column_text(with_labels("false", "true")), "fraud:bool label");
  EXPECT_EQ(column_text(with_labels("0.0", "1.0")), "fraud:float32 label");
}

TEST(PinCsv, RefusesLabelsThatMixWordsAndDecimals) {
  std::string csv = file_with("c1,0,", "c1,false,");
  csv.replace(csv.find("c1,1,"), 5, "c1,1.0,");
  EXPECT_THAT(refusal(csv).message(), HasSubstr("cards.csv, line 3, column 'fraud': expected a label"));
}

TEST(PinCsv, ReadsEpochTimesOnlyWhenTold) {
  const std::string csv = "id,time,fraud,amount\ne1,1767225600,0,1\ne2,1767225601,1,2\n";
  auto settings = settings_with([](auto& s) {
    s.columns.entity = {};
    s.columns.label_time = "time";
  });
  const Error error = refusal(csv, settings);
  EXPECT_EQ(error.code(), Code::DATA_INVALID);
  EXPECT_THAT(error.hint(), HasSubstr("--time-type epoch_s"));
  settings.time_type = "epoch_s";
  EXPECT_EQ(column_text(pin(csv, settings).materialization.columns[1]), "time:epoch_s event_time label_observed_time");
}

TEST(PinCsv, TakesANumericSliceThatIsAlsoAFeature) {
  const auto pinned = pin(kSmallFile, settings_with([](auto& s) {
                            s.columns.slices = {"tries"};
                            s.columns.features = {"tries"};
                          }));
  EXPECT_EQ(column_text(pinned.materialization.columns.back()), "tries:int64 slice feature");
}

TEST(PinCsv, MakesAFeatureOfATextThatIsNamedAsACategory) {
  const auto pinned = pin(kSmallFile, settings_with([](auto& s) { s.columns.categories = {"tries"}; }));
  EXPECT_EQ(column_text(pinned.materialization.columns.back()), "tries:string feature");
}

TEST(PinCsv, RefusesAColumnThatIsACategoryAndANumber) {
  try {
    pin(kSmallFile, settings_with([](auto& s) { s.columns.categories = s.columns.features = {"tries"}; }));
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::USAGE);
    EXPECT_THAT(error.message(), HasSubstr("exclude each other: feature, category"));
  }
}

TEST(PinCsv, KeepsLeadingZerosOfNames) {
  const auto pinned = pin(file_with("e1,", "007,"), settings_with([](auto& s) { s.columns.slices = {"tries"}; }));
  EXPECT_EQ(column_text(pinned.materialization.columns.front()), "id:string subject_key");
  EXPECT_EQ(column_text(pinned.materialization.columns.back()), "tries:string slice");
}

TEST(PinCsv, RefusesAMissingSetting) {
  const std::vector<std::function<void(PinSettings&)>> missing = {
      [](auto& s) { s.columns.id = ""; },          [](auto& s) { s.columns.time = ""; },
      [](auto& s) { s.columns.label = ""; },       [](auto& s) { s.platform_run_id = ""; },
      [](auto& s) { s.label_asof = ""; },          [](auto& s) { s.feature_set_id = ""; },
      [](auto& s) { s.feature_set_version = ""; }, [](auto& s) { s.ofs_code_release_id = ""; },
      [](auto& s) { s.config_revision = ""; },     [](auto& s) { s.resolution_rule = ""; },
  };
  for (std::size_t i = 0; i < missing.size(); ++i) {
    const Error error = refusal(kSmallFile, settings_with(missing[i]));
    EXPECT_EQ(error.code(), Code::USAGE) << "setting " << i;
    EXPECT_THAT(error.message(), HasSubstr("pinning a file needs")) << "setting " << i;
  }
}

TEST(PinCsv, SaysWhatToNameWhenThereIsNoLabelTime) {
  const Error error = refusal(kSmallFile, settings_with([](auto& s) { s.columns.label_time = ""; }));
  EXPECT_EQ(error.code(), Code::USAGE);
  EXPECT_THAT(error.hint(), HasSubstr("if labels were known at once, name the event-time column"));
}

TEST(PinCsv, RefusesAMalformedSetting) {
  const std::vector<std::function<void(PinSettings&)>> malformed = {
      [](auto& s) { s.platform_run_id = "a/b"; },
      [](auto& s) { s.label_asof = "2026-02-10"; },
      [](auto& s) { s.maturity_days = -1; },
      [](auto& s) { s.time_type = "epoch_us"; },
  };
  for (std::size_t i = 0; i < malformed.size(); ++i) {
    EXPECT_EQ(refusal(kSmallFile, settings_with(malformed[i])).code(), Code::USAGE) << "setting " << i;
  }
}

TEST(PinCsv, RefusesAColumnThatIsNotInTheHeader) {
  const Error error = refusal(kSmallFile, settings_with([](auto& s) { s.columns.amount = "amuont"; }));
  EXPECT_EQ(error.code(), Code::USAGE);
  EXPECT_EQ(error.message(), "the amount column 'amuont' is not in the header of cards.csv (did you mean 'amount'?)");
  EXPECT_EQ(error.hint(), "The columns are: id, time, card, fraud, known, amount, tries, mail.");
}

TEST(PinCsv, RefusesPurposesThatExcludeEachOther) {
  const std::vector<std::function<void(PinSettings&)>> clashes = {
      [](auto& s) { s.columns.features = {"fraud"}; },
      [](auto& s) { s.columns.features = {"known"}; },
      [](auto& s) {
        s.columns.features = {"tries", "tries"};
      },
      [](auto& s) {
        s.columns.slices = {"card", "card"};
      },
      [](auto& s) { s.columns.features = {"id"}; },
      [](auto& s) { s.columns.label = "known"; },
  };
  for (std::size_t i = 0; i < clashes.size(); ++i) {
    EXPECT_EQ(refusal(kSmallFile, settings_with(clashes[i])).code(), Code::USAGE) << "clash " << i;
  }
}

TEST(PinCsv, RefusesAnEmptyFile) {
  EXPECT_EQ(refusal("").code(), Code::DATA_EMPTY);
  EXPECT_EQ(refusal("id,time,card,fraud,known,amount\n").code(), Code::DATA_EMPTY);
}

TEST(PinCsv, RefusesUnusableHeaders) {
  EXPECT_THAT(refusal(file_with("mail", "time")).message(), HasSubstr("has the column 'time' twice"));
  EXPECT_THAT(refusal(file_with("mail", "")).message(), HasSubstr("has no name for column 8"));
  EXPECT_THAT(refusal("id;time;card\n1;2;3\n").hint(), HasSubstr("commas"));
}

struct BadField {
  const char* from;
  const char* to;
  const char* message;
};

class PinCsvRefuses : public testing::TestWithParam<BadField> {};

TEST_P(PinCsvRefuses, AFieldThatDoesNotFitItsPurpose) {
  const Error error = refusal(file_with(GetParam().from, GetParam().to));
  EXPECT_EQ(error.code(), Code::DATA_INVALID);
  EXPECT_THAT(error.message(), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Table, PinCsvRefuses,
    testing::Values(BadField{"c1,1,", "c1,yes,", "cards.csv, line 3, column 'fraud': expected a label"},
                    BadField{"c1,1,", "c1,2,", "cards.csv, line 3, column 'fraud': expected a label"},
                    BadField{"c1,1,", "c1,0.5,", "line 3, column 'fraud': expected a label"},
                    BadField{"e2,", ",", "line 3, column 'id': expected a key"},
                    BadField{"2026-01-02T00:00:00Z", "2026-01-02", "line 3, column 'time': expected a timestamp"},
                    BadField{"2026-01-02T00:00:00Z", "", "line 3, column 'time': expected a time in every row"},
                    BadField{"2026-01-06T00:00:00Z", "soon", "line 3, column 'known': expected a timestamp"},
                    BadField{"99.00", "", "line 3, column 'amount': expected a number in every row"},
                    BadField{"99.00", "99 EUR",
                             "line 3, column 'amount': expected a number, found text of 6 characters '99 EUR'"},
                    BadField{"99.00,3", "99.00", "line 3: the record has 7 fields, but the header has 8"}));

TEST(PinCsv, RefusesTextInANamedFeature) {
  const Error error =
      refusal(file_with("99.00,3,", "99.00,NA,"), settings_with([](auto& s) { s.columns.features = {"tries"}; }));
  EXPECT_EQ(error.code(), Code::DATA_INVALID);
  EXPECT_THAT(error.message(), HasSubstr("cards.csv, line 3, column 'tries'"));
  EXPECT_THAT(error.message(), HasSubstr("'NA'"));
}

TEST(PinCsv, RefusesLabelsOfOneClass) {
  EXPECT_THAT(refusal(file_with("c1,1,", "c1,0,")).message(), HasSubstr("all 2 known labels are 0 (legitimate)"));
  EXPECT_THAT(refusal(file_with("c1,0,", "c1,1,")).message(), HasSubstr("all 2 known labels are 1 (fraud)"));
  EXPECT_THAT(refusal("id,time,fraud,known,amount\ne1,2026-01-01T00:00:00Z,,,1\n",
                      settings_with([](auto& s) { s.columns.entity = {}; }))
                  .message(),
              HasSubstr("no row has a label"));
}

TEST(PinCsv, RefusesAFileWithoutFeatures) {
  const Error error = refusal("id,time,fraud,known,note\ne1,2026-01-01T00:00:00Z,0,,x\ne2,2026-01-01T00:00:00Z,1,,y\n",
                              settings_with([](auto& s) {
                                s.columns.entity = {};
                                s.columns.amount = {};
                              }));
  EXPECT_EQ(error.code(), Code::DATA_INVALID);
  EXPECT_THAT(error.message(), HasSubstr("no column is left that could be a feature"));
}

}  // namespace
}  // namespace mf::dataset
