#include "mf/observability/summaries.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mf/observability/prometheus.hpp"
#include "observability/health.hpp"

namespace mf::observability {
namespace {

using nlohmann::json;

Account account_with(const std::map<std::string, std::int64_t>& counters, std::int64_t anomalies = 0) {
  Account account;
  account.platform_run_id = "platform_20260210T000000Z";
  account.tally.counters = counters;
  account.tally.newest_utc = "2026-02-10T00:00:00.000000Z";
  if (anomalies > 0) {
    account.tally.anomalies["DATA_INVALID"] = anomalies;
    account.tally.categories["UNKNOWN"] = anomalies;
  }
  return account;
}

using Words = std::vector<std::string>;

TEST(HealthOf, IsGreenWhereNothingIsWrong) {
  EXPECT_EQ(health_of(account_with({{"eval_fail", 3}})).state, "GREEN");
  EXPECT_TRUE(health_of(account_with({})).reasons.empty());
}

TEST(HealthOf, IsRedByOneFailedRunButNotByOneThatWasGivenUp) {
  EXPECT_EQ(health_of(account_with({{"train_failed", 1}})).reasons, Words{"FAILED_TOTAL_RED"});
  EXPECT_EQ(health_of(account_with({{"train_failed", 1}, {"train_canceled", 1}})).state, "GREEN");
}

TEST(HealthOf, IsAmberByAnAnomalyAndRedByTen) {
  EXPECT_EQ(health_of(account_with({}, 9)).reasons, Words{"ANOMALIES_AMBER"});
  EXPECT_EQ(health_of(account_with({}, 10)).reasons, Words{"ANOMALIES_RED"});
  EXPECT_EQ(health_of(account_with({}, 10)).state, "RED");
}

TEST(HealthOf, TellsEveryReasonAndTheWorstState) {
  auto account = account_with({{"train_failed", 1}, {"publish_pending", 1}}, 1);
  account.unreadable.push_back({"tr_x", "LEDGER_INVALID"});
  const auto health = health_of(account);
  EXPECT_EQ(health.state, "RED");
  EXPECT_EQ(health.reasons,
            (Words{"FAILED_TOTAL_RED", "ANOMALIES_AMBER", "PUBLISH_PENDING_AMBER", "UNREADABLE_RUNS_AMBER"}));
}

TEST(MetricsDocument, HasEveryCounter) {
  const json document = json::parse(metrics_document(account_with({})));
  for (const auto& name : counter_names()) EXPECT_EQ(document.at("metrics").at(name), 0) << name;
}

TEST(MetricsDocument, TellsTheTimeOfTheNewestEvent) {
  EXPECT_EQ(json::parse(metrics_document(account_with({}))).at("generated_at_utc"), "2026-02-10T00:00:00.000000Z");
  EXPECT_EQ(json::parse(metrics_document(Account{})).at("generated_at_utc"), nullptr);
}

TEST(ReconciliationDocument, SumsTheLanes) {
  const json document = json::parse(reconciliation_document(account_with({}, 4)));
  EXPECT_EQ(document.at("anomaly_lanes"), json::array({{{"kind", "UNKNOWN"}, {"count", 4}}}));
  EXPECT_EQ(document.at("anomalies_total"), 4);
}

std::string text_of(Figures::Format format) {
  Figures figures;
  for (int i = 0; i < 2; ++i) {
    auto account = account_with({{"train_requested", 3}}, 1);
    account.tally.last_success_utc = "2026-02-10T00:00:00.500000Z";
    figures.add(metrics_document(account), health_document(account));
  }
  figures.add("{", "not even JSON");
  return figures.text(format);
}

TEST(Figures, AreTheSumOfPlatformRuns) {
  const std::string text = text_of(Figures::Format::prometheus);
  EXPECT_NE(text.find("\n# TYPE mf_train_requested_total gauge\nmf_train_requested_total 6\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("mf_anomalies_total{category=\"UNKNOWN\"} 2\n"), std::string::npos);
  EXPECT_NE(text.find("mf_health{state=\"AMBER\"} 2\n"), std::string::npos);
  EXPECT_NE(text.find("mf_platform_runs 2\n"), std::string::npos);
  EXPECT_NE(text.find("mf_last_success_timestamp_seconds 1770681600.500000\n"), std::string::npos);
  EXPECT_EQ(text.find("platform_2026"), std::string::npos);
}

TEST(Figures, CountInOpenMetrics) {
  const std::string text = text_of(Figures::Format::openmetrics);
  EXPECT_NE(text.find("\n# TYPE mf_train_requested counter\nmf_train_requested_total 6\n"), std::string::npos) << text;
  EXPECT_NE(text.find("# TYPE mf_publish_pending gauge\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("# EOF\n"));
}

}  // namespace
}  // namespace mf::observability
