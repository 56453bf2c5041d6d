#include "factory/likely_cause.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mf::factory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LikelyCause : public ::testing::Test {
 protected:
  LikelyCause() {
    then_.run_key = "tr_1";
    then_.stage_seed = 7;
    then_.engine.algorithm_id = "xgboost.gbtree";
    then_.engine.parameters = {{"eta", "0.3"}, {"max_depth", "4"}};
    then_.split.parts = {{"train", {10, 1}}};
    then_.split.test_start_utc = "2025-12-01T00:00:00Z";
    then_.circumstance = {"1.7.4", "mf:1", "", 2, "0.1.0", "GNU 12", "a processor", "x86_64 avx2"};
    now_ = then_;
  }

  [[nodiscard]] std::vector<Cause> causes() const { return likely_causes(then_, now_, partings_); }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& cause : causes()) names.push_back(cause.name);
    return names;
  }

  contracts::ExecutionRecord then_, now_;
  std::vector<Parting> partings_;
};

TEST_F(LikelyCause, IsTheEvidenceWhenNothingElseDiffers) {
  EXPECT_THAT(names(), ElementsAre("evidence"));
  EXPECT_THAT(causes()[0].fix, HasSubstr("mf verify tr_1"));
}

TEST_F(LikelyCause, IsNeverThreadsOrConfiguration) {
  now_.circumstance.threads = 8;
  now_.circumstance.run_config_digest = "another";
  EXPECT_THAT(names(), ElementsAre("evidence"));
}

TEST_F(LikelyCause, IsTheLibraryByItsVersions) {
  then_.circumstance.engine_version = "1.6.2";
  EXPECT_THAT(names(), ElementsAre("library"));
  EXPECT_EQ(causes()[0].words, "XGBoost is 1.6.2 as recorded and 1.7.4 now");
  EXPECT_THAT(causes()[0].fix, HasSubstr("1.6.2"));
}

TEST_F(LikelyCause, IsTheBuild) {
  then_.circumstance.build = "Clang 14";
  EXPECT_THAT(names(), ElementsAre("build"));
}

TEST_F(LikelyCause, IsTheProcessor) {
  now_.circumstance.cpu_features = "x86_64";
  EXPECT_THAT(causes()[0].words, HasSubstr("x86_64 avx2 as recorded and x86_64 now"));
}

TEST_F(LikelyCause, IsNothingThatWasNotRecorded) {
  then_.circumstance = {};
  EXPECT_THAT(names(), ElementsAre("evidence"));
}

TEST_F(LikelyCause, IsASettingByItsName) {
  now_.engine.parameters.erase("eta");
  EXPECT_THAT(names(), ElementsAre("settings"));
  EXPECT_EQ(causes()[0].words, "eta is 0.3 as recorded and absent now");
}

TEST_F(LikelyCause, IsTheSeed) {
  now_.stage_seed = 8;
  EXPECT_THAT(names(), ElementsAre("settings"));
}

TEST_F(LikelyCause, IsTheRowsWhenAPartHasOthers) {
  now_.split.parts["train"].positives = 2;
  EXPECT_THAT(names(), ElementsAre("rows"));
  EXPECT_EQ(causes()[0].words, "part train is 10 rows with 1 positives as recorded and 10 rows with 2 positives now");
}

TEST_F(LikelyCause, IsTheRowsWhenTheScoredOnesAreOthers) {
  partings_.push_back({{&kScoredRows, {}, "", ""}, {}, "other rows", {}, true});
  EXPECT_THAT(names(), ElementsAre("rows"));
  EXPECT_EQ(causes()[0].words, "other rows");
}

TEST_F(LikelyCause, OfSeveralIsTheLikeliestFirst) {
  now_.circumstance = {"1.8.0", "mf:1", "", 2, "0.2.0", "GNU 12", "another processor", "x86_64 avx2"};
  now_.stage_seed = 8;
  now_.split.test_start_utc = "2026-01-01T00:00:00Z";
  EXPECT_THAT(names(), ElementsAre("rows", "settings", "library", "build", "cpu"));
}

}  // namespace
}  // namespace mf::factory
