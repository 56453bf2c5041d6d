#include "mf/observability/openlineage.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mf/identity/uuid.hpp"
#include "run_of_events.hpp"

namespace mf::observability {
namespace {

using nlohmann::json;

std::vector<json> lineage(const RunOfEvents& run) {
  std::vector<json> events;
  for (const auto& line : lineage_of(kPlatformRun, run.events(), dataset_space("/srv/store")))
    events.push_back(json::parse(line.text));
  return events;
}

std::vector<std::string> in_words(const RunOfEvents& run) {
  std::vector<std::string> words;
  for (const auto& event : lineage(run))
    words.push_back(event.at("job").at("name").get<std::string>() + " " + event.at("eventType").get<std::string>());
  return words;
}

using Words = std::vector<std::string>;

TEST(LineageOf, TellsAStartAndAnEndOfEachPhase) {
  EXPECT_EQ(in_words(RunOfEvents().published()),
            (Words{"resolve START", "resolve COMPLETE", "train START", "train COMPLETE", "eval START", "eval COMPLETE",
                   "gate START", "gate COMPLETE", "publish START", "publish COMPLETE"}));
}

TEST(LineageOf, NamesAnAttemptByRunPhaseAndNumber) {
  const auto events = lineage(
      RunOfEvents().claimed().begun("RESOLVE").failed("STAGE_FAILED", "resolve", "STORE_FULL").begun("RESOLVE"));
  ASSERT_EQ(events.size(), 3U);
  const std::string runs = "https://model-factory.invalid/mf/train_runs/" + kRun;
  EXPECT_EQ(events[0].at("run").at("runId"), identity::uuid_of_url(runs + "/resolve/1"));
  EXPECT_EQ(events[1].at("run").at("runId"), events[0].at("run").at("runId"));
  EXPECT_EQ(events[2].at("run").at("runId"), identity::uuid_of_url(runs + "/resolve/2"));
  EXPECT_EQ(events[0].at("run").at("facets").at("parent").at("run").at("runId"), identity::uuid_of_url(runs));
}

TEST(LineageOf, SaysWithWhichCodeAPhaseFailed) {
  const auto events = lineage(RunOfEvents().claimed().begun("RESOLVE").failed("STAGE_FAILED", "resolve", "STORE_FULL"));
  EXPECT_EQ(events[1].at("eventType"), "FAIL");
  EXPECT_EQ(events[1].at("run").at("facets").at("errorMessage").at("message"), "STORE_FULL");
}

TEST(LineageOf, TellsAGateFailAsACompletedTest) {
  const auto events = lineage(RunOfEvents().evaluated().begun("GATE").failed(
      "RUN_FAILED", "gate", "GATE_FAIL", {{"terminal_class", "FAILED_GATES"}, {"gate_decision", "FAIL"}}));
  EXPECT_EQ(events.back().at("eventType"), "COMPLETE");
  EXPECT_EQ(events.back().at("run").at("facets").at("test").at("tests").at(0).at("status"), "fail");
}

TEST(LineageOf, TellsAnAttemptThatSomebodyElseTookOverAsAborted) {
  EXPECT_EQ(in_words(RunOfEvents().claimed().begun("RESOLVE").claimed().begun("RESOLVE")),
            (Words{"resolve START", "resolve ABORT", "resolve START"}));
}

TEST(LineageOf, LeadsFromInputsToOutputs) {
  const auto events = lineage(RunOfEvents().published());
  const json& train = events.at(3);
  EXPECT_EQ(train.at("inputs").at(0).at("namespace"), "file");
  EXPECT_EQ(train.at("inputs").at(0).at("name"), "/srv/store/" + kPlatformRun + "/ofs/manifests/dm.json");
  EXPECT_EQ(train.at("inputs").at(0).at("facets").at("version").at("datasetVersion"), std::string(64, 'd'));
  EXPECT_EQ(train.at("outputs").at(0).at("name"), "/srv/store/" + kPlatformRun + "/model");
}

TEST(DatasetSpace, IsABucketOrTheFilesOfThisHost) {
  EXPECT_EQ(dataset_space("s3://bucket/a/b").name_space, "s3://bucket");
  EXPECT_EQ(dataset_space("s3://bucket/a/b").prefix, "a/b/");
  EXPECT_EQ(dataset_space("s3://bucket").prefix, "");
  EXPECT_EQ(dataset_space("/srv").prefix, "/srv/");
}

TEST(PlatformRunOfLineage, IsToldByTheJob) {
  const auto lines = lineage_of(kPlatformRun, RunOfEvents().published().events(), dataset_space("s3://b"));
  for (const auto& line : lines) EXPECT_EQ(platform_run_of_lineage(line.text), kPlatformRun);
  EXPECT_EQ(platform_run_of_lineage("{}"), "");
}

}  // namespace
}  // namespace mf::observability
