#include "mf/error.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <vector>

namespace mf {
namespace {

TEST(CodeTable, NamesEveryCodeOnce) {
  std::set<std::string_view> names;
  for (const auto& row : code_table()) EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands twice";
  EXPECT_EQ(names.size(), code_table().size());
}

TEST(CodeTable, IsIndexedByCode) {
  for (const auto& row : code_table()) {
    EXPECT_EQ(&row_of(row.code), &row);
    EXPECT_EQ(find_code(row.name), &row);
  }
}

TEST(CodeTable, ExitsOnlyWithDocumentedStatuses) {
  const std::set<int> documented = {64, 65, 66, 70, 73, 75, 77, 78};
  for (const auto& row : code_table()) EXPECT_TRUE(documented.contains(row.exit_status)) << row.name;
}

TEST(CodeTable, IsTransientExactlyWhenRetryingIsWorthIt) {
  for (const auto& row : code_table()) {
    EXPECT_TRUE(row.klass == "HARD" || row.klass == "TRANSIENT") << row.name;
    EXPECT_EQ(row.transient(), row.exit_status == 75) << row.name;
  }
}

TEST(CodeTable, WritesNamesInUpperCase) {
  for (const auto& row : code_table())
    EXPECT_EQ(row.name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), std::string_view::npos) << row.name;
}

TEST(CodeTable, SaysOfEveryCodeWhatItMeansAndHowToMendIt) {
  for (const auto& row : code_table()) {
    EXPECT_TRUE(row.sentence.ends_with('.')) << row.name;
    EXPECT_FALSE(row.hint.empty()) << row.name;
    EXPECT_FALSE(row.category.empty()) << row.name;
    EXPECT_EQ(row.hint.find('\n'), std::string_view::npos) << row.name;
  }
}

TEST(FindCode, TakesOnlyTheExactName) {
  EXPECT_EQ(find_code("REF_INVALID"), &row_of(Code::REF_INVALID));
  for (const char* word : {"", "ref_invalid", "REF_INVALID ", "REF", "NO_SUCH_CODE"})
    EXPECT_EQ(find_code(word), nullptr);
}

TEST(Error, HintsWhatTheTableHintsUnlessItKnowsBetter) {
  EXPECT_EQ(Error(Code::USAGE, "what?").hint(), row_of(Code::USAGE).hint);
  EXPECT_EQ(Error(Code::USAGE, "what?", {}, "Say it again.").hint(), "Say it again.");
}

TEST(Error, KeepsTheFirstWordOnAParticular) {
  Error error(Code::DOCUMENT_INVALID, "wrong", {{"pointer", "/a"}});
  error.with("pointer", "/b").with("document", "d.json");
  EXPECT_EQ(error.context(), (Error::Context{{"document", "d.json"}, {"pointer", "/a"}}));
  EXPECT_STREQ(error.what(), "wrong");
}

const std::vector<std::string> kWords = {"validate-request", "resolve", "train", "eval", "gate",
                                         "publish",          "run",     "runs"};

TEST(NearMiss, SuggestsTheWordThatWasMeant) {
  EXPECT_EQ(near_miss("publsh", kWords), "publish");
  EXPECT_EQ(near_miss("valdiate-request", kWords), "validate-request");
  EXPECT_EQ(near_miss("trian", kWords), std::nullopt);  // a swap is two edits, five letters allow one
  EXPECT_EQ(near_miss("trainn", kWords), "train");
  EXPECT_EQ(near_miss("resolvee", kWords), "resolve");
}

TEST(NearMiss, PrefersTheNearest) {
  EXPECT_EQ(near_miss("runss", kWords), "runs");
  EXPECT_EQ(near_miss("run", kWords), "run");
}

TEST(NearMiss, TakesNoOffenceAtCapitals) {
  EXPECT_EQ(near_miss("VALIDATE-Request", kWords), "validate-request");
  EXPECT_EQ(near_miss("RUNS", kWords), "runs");
}

TEST(NearMiss, SuggestsNothingForAStrangeWord) {
  for (const auto& word : {std::string("xyzzy"), std::string(), std::string(100'000, 'a')})
    EXPECT_EQ(near_miss(word, kWords), std::nullopt) << word.substr(0, 20);
}

}  // namespace
}  // namespace mf
