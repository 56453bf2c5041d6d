#include "mf/report/difference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/example_run.hpp"

namespace mf::report {

void PrintTo(const Difference& difference, std::ostream* out) {
  *out << difference.group << ": " << difference.name << ": " << difference.first << " -> " << difference.second << " "
       << difference.note;
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Differences : public ::testing::Test {
 protected:
  std::vector<std::string> told() {
    std::vector<std::string> words;
    for (const auto& [group, name, one, other, note] : differences(first, second))
      words.push_back(group + " " + name + ": " + one + " -> " + other + (note.empty() ? "" : " (" + note + ")"));
    return words;
  }

  RunFacts first = facts_of(a_run()), second = facts_of(a_run());
};

TEST_F(Differences, ThereAreNoneBetweenARunAndItself) { EXPECT_THAT(differences(first, second), IsEmpty()); }

TEST_F(Differences, ThereAreNoneOfTimesAndNames) {
  second.run_key = second.plan.run_key = "tr_" + std::string(32, '7');
  second.execution->execution_started_at_utc = "2030-01-01T00:00:00Z";
  second.execution->request_id = "another";
  EXPECT_THAT(differences(first, second), IsEmpty());
}

TEST_F(Differences, NameTheKeyOfAProfile) {
  second.training_profile = R"({"algorithm":{"params":{"eta":0.3}},"revision":"r2"})";
  EXPECT_THAT(told(),
              ElementsAre("training_profile algorithm.params.eta: 0.1 -> 0.3", "training_profile revision: r1 -> r2"));
}

TEST_F(Differences, FindACriterionByItsIdWhereverItStands) {
  second.governance_profile =
      R"({"criteria":[{"at_least":0.7,"id":"new"},{"at_least":0.5,"id":"alerts"},{"at_least":0.9,"id":"ranking"}]})";
  EXPECT_THAT(told(), ElementsAre("governance_profile criteria.new.at_least:  -> 0.7",
                                  "governance_profile criteria.new.id:  -> new",
                                  "governance_profile criteria.ranking.at_least: 0.85 -> 0.9"));
}

TEST_F(Differences, LeaveAProfileOutThatCannotBeRead) {
  second.training_profile.reset();
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(Differences, NameInputsByWhatTheyAre) {
  second.plan.dataset_manifests.front().payload_digest = std::string(64, '1');
  second.plan.training_profile.profile_digest = std::string(64, '2');
  const auto all = told();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_THAT(all[0], ::testing::StartsWith("input manifest dm_"));
  EXPECT_THAT(all[1], ::testing::StartsWith("input training profile profiles/"));
}

TEST_F(Differences, TellLibraryApartFromMachine) {
  second.execution->circumstance.engine_version = "9.9.9";
  second.execution->circumstance.threads += 1;
  const auto all = differences(first, second);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].group + " " + all[0].name, "library engine");
  EXPECT_EQ(all[1].group + " " + all[1].name, "machine threads");
}

TEST_F(Differences, CountTheRowsOfAPart) {
  second.execution->split.parts["train"].rows = 5;
  const auto all = differences(first, second);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].group + " " + all[0].name + " " + all[0].second, "rows split.parts.train.rows 5");
}

TEST_F(Differences, TellAFeatureThatOnlyOneModelHas) {
  second.artifact->model.sha256 = std::string(64, 'f');
  second.artifact->feature_names.push_back("new_feature");
  const auto all = differences(first, second);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name + ": " + all[0].first + " -> " + all[0].second, "feature new_feature:  -> in the model");
  EXPECT_EQ(all[1].name, "model");
}

TEST_F(Differences, SayWhetherTheIntervalsOfAFigureOverlap) {
  auto& before = first.evaluation->metrics.parts["test"];
  auto& after = second.evaluation->metrics.parts["test"];
  before.figures["auc_roc"] = 0.9;
  before.intervals["auc_roc"] = {0.85, 0.93, 200, {}};
  after.figures["auc_roc"] = 0.95;
  after.intervals["auc_roc"] = {0.92, 0.97, 200, {}};
  EXPECT_THAT(told(),
              ElementsAre("figure test auc_roc: 0.9 -> 0.95 (+0.0500; [0.8500, 0.9300] and [0.9200, 0.9700] overlap)"));
  before.intervals["auc_roc"] = {0.85, 0.91, 200, {}};
  EXPECT_THAT(told(), ElementsAre("figure test auc_roc: 0.9 -> 0.95 (+0.0500; [0.8500, 0.9100] and [0.9200, 0.9700] "
                                  "are apart)"));
  after.figures["auc_roc"].reset();
  EXPECT_THAT(told(), ElementsAre("figure test auc_roc: 0.9 -> "));
}

TEST_F(Differences, ArePossibleAsFarAsBothRunsCame) {
  second = RunFacts();
  second.plan = first.plan;
  second.state = first.state;
  for (const auto& difference : differences(first, second)) EXPECT_NE(difference.group, "figure");
}

}  // namespace
}  // namespace mf::report
