#include "mf/observability/signals.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mf/error.hpp"
#include "mf/identity/digest.hpp"
#include "observability/anomaly.hpp"
#include "observability/lifecycle.hpp"
#include "run_of_events.hpp"

namespace mf::observability {
namespace {

using nlohmann::json;

RunSignals told(const RunOfEvents& run) { return signals_of(kPlatformRun, run.events()); }

json document(const SignalLine& line) { return json::parse(line.text); }

std::vector<std::string> steps_in(const std::vector<SignalLine>& lines) {
  std::vector<std::string> types;
  for (const auto& line : lines) {
    const json fact = document(line);
    types.push_back(fact.value("lifecycle_type", fact.value("event_family", fact.value("event_type", ""))));
  }
  return types;
}

std::vector<std::string> control_in(const RunOfEvents& run) {
  std::vector<std::string> types;
  for (const auto& line : told(run).control) types.push_back(document(line).at("event_type"));
  return types;
}

json last_fact(const RunOfEvents& run) { return document(told(run).governance.back()); }

std::int64_t counted(const RunOfEvents& run, const std::string& name) { return told(run).tally.counters.at(name); }

using Words = std::vector<std::string>;

TEST(SignalsOf, TellTheStepsOfAPublishedRun) {
  EXPECT_EQ(steps_in(told(RunOfEvents().published()).governance),
            (Words{"MF_TRAIN_REQUESTED", "MF_PLAN_LOCKED", "MF_TRAIN_STARTED", "MF_TRAIN_COMPLETED", "MF_EVAL_PASSED",
                   "MF_BUNDLE_PACKAGED", "BUNDLE_PUBLISHED"}));
}

TEST(SignalsOf, NameAFactByRunSequenceAndStep) {
  const auto facts = told(RunOfEvents()).governance;
  EXPECT_EQ(facts.at(0).event_id, identity::sha256_hex(kPlatformRun + "|" + kRun + "|1|MF_TRAIN_REQUESTED"));
  EXPECT_EQ(document(facts.at(0)).at("event_id"), facts.at(0).event_id);
}

TEST(SignalsOf, SayWhoDidItAndUnderWhat) {
  const json first = document(told(RunOfEvents().published()).governance.front());
  EXPECT_EQ(first.at("actor").at("actor_id"), "HUMAN::ann");
  EXPECT_EQ(first.at("actor").at("source_type"), "HUMAN");
  const json last = last_fact(RunOfEvents().published());
  EXPECT_EQ(last.at("actor").at("actor_id"), "SYSTEM::mf_worker");
  EXPECT_EQ(last.at("provenance"), json({{"service_release_id", "svc-7"}, {"environment", "dev"}}));
  EXPECT_EQ(last.at("pins").at("run_config_digest"), std::string(64, 'c'));
}

TEST(SignalsOf, FallBackToTheRequesterWhereTheLogTellsNoActor) {
  const json fact = last_fact(RunOfEvents().claimed({}).made("PLAN_LOCKED", "plan"));
  EXPECT_EQ(fact.at("actor").at("actor_id"), "HUMAN::ann");
  EXPECT_EQ(fact.at("pins").at("run_config_digest"), nullptr);
  EXPECT_EQ(fact.at("provenance").at("environment"), nullptr);
}

TEST(SignalsOf, PinToPlatformAndScenarioRunsAndToNoWorld) {
  const json pins = last_fact(RunOfEvents().published()).at("pins");
  EXPECT_EQ(pins.at("platform_run_id"), kPlatformRun);
  EXPECT_EQ(pins.at("scenario_run_ids"), json({"s1", "s2"}));
  EXPECT_EQ(pins.at("world_scope"), "NOT_WORLD_SCOPED");
  EXPECT_EQ(pins.at("manifest_fingerprint"), std::string(64, '0'));
}

TEST(SignalsOf, CorrelateAsFarAsIsKnownByThen) {
  const auto facts = told(RunOfEvents().published()).governance;
  EXPECT_EQ(document(facts.front()).at("correlation").at("input_fingerprint"), nullptr);
  const json last = document(facts.back()).at("correlation");
  EXPECT_EQ(last.at("input_fingerprint"), std::string(64, 'f'));
  EXPECT_EQ(last.at("bundle_id"), std::string(64, 'b'));
  EXPECT_EQ(last.at("mf_build_id"), "mf-1");
}

TEST(SignalsOf, VouchForWhatTheEventVouchesFor) {
  const json details = last_fact(RunOfEvents().published()).at("details");
  EXPECT_EQ(details.at("result_ref"), kPlatformRun + "/publish_receipt");
  EXPECT_EQ(details.at("evidence_refs").at(0).at("sha256"), std::string(64, 'e'));
  EXPECT_EQ(details.at("status"), "PUBLISHED");
}

TEST(SignalsOf, LeaveTextsOfFailuresOut) {
  for (const auto& line : told(RunOfEvents().trained().failed("STAGE_FAILED", "eval", "STORE_FULL")).governance)
    EXPECT_EQ(line.text.find("may say anything"), std::string::npos);
}

TEST(SignalsOf, CountAGateFailAsAnAnswerAndNoAnomaly) {
  const auto run = RunOfEvents().evaluated().begun("GATE").failed("RUN_FAILED", "gate", "GATE_FAIL",
                                                                  {{"terminal_class", "FAILED_GATES"}});
  EXPECT_EQ(counted(run, "eval_fail"), 1);
  EXPECT_EQ(counted(run, "train_failed"), 0);
  EXPECT_TRUE(told(run).tally.anomalies.empty());
  EXPECT_EQ(last_fact(run).at("lifecycle_type"), "MF_EVAL_FAILED");
  EXPECT_EQ(last_fact(run).at("details").at("reason_code"), "GATE_FAIL");
}

TEST(SignalsOf, CountARunThatEndsBeforeItIsEvaluatedAsFailed) {
  const auto run =
      RunOfEvents().trained().failed("RUN_FAILED", "eval", "DATA_INVALID", {{"terminal_class", "REJECTED_INPUTS"}});
  EXPECT_EQ(counted(run, "train_failed"), 1);
  EXPECT_EQ(told(run).tally.anomalies, (std::map<std::string, std::int64_t>{{"DATA_INVALID", 1}}));
}

TEST(SignalsOf, TellACancellationOfATrainingAsTwoSteps) {
  const auto run = RunOfEvents()
                       .trained()
                       .add("CANCEL_REQUESTED", {{"principal", "HUMAN::bob"}, {"reason", "secret plans"}})
                       .failed("RUN_FAILED", "cancel", "RUN_CANCELED", {{"terminal_class", "CANCELED"}});
  const auto facts = told(run).governance;
  const Words steps = steps_in(facts);
  EXPECT_EQ(Words(steps.end() - 3, steps.end()), (Words{"MF_CANCEL_REQUESTED", "MF_TRAIN_FAILED", "MF_RUN_CANCELED"}));
  EXPECT_EQ(counted(run, "train_canceled"), 1);
  EXPECT_TRUE(told(run).tally.anomalies.empty());
  for (const auto& fact : facts) EXPECT_EQ(fact.text.find("secret plans"), std::string::npos);
}

TEST(SignalsOf, CountAPublicationAsPendingUntilItIsOut) {
  auto run = RunOfEvents().packed().failed("PUBLISH_PENDING", "publish", "REGISTRY_UNAVAILABLE");
  EXPECT_EQ(counted(run, "publish_pending"), 1);
  EXPECT_EQ(told(run).tally.categories, (std::map<std::string, std::int64_t>{{"PUBLISH_AMBIGUOUS", 1}}));
  run.add("PUBLISH_RETRY_REQUESTED", {{"retry", "1"}}).add("RUN_STARTED", {{"execution_mode", "PUBLISH_ONLY"}});
  EXPECT_EQ(counted(run, "publish_pending"), 1);
  run.made("BUNDLE_PUBLISHED", "publish_receipt", {{"terminal_class", "PUBLISHED"}});
  EXPECT_EQ(counted(run, "publish_pending"), 0);
  EXPECT_EQ(counted(run, "publish_retries"), 1);
}

TEST(SignalsOf, AuditEveryProtectedRef) {
  const auto run = RunOfEvents().claimed().begun("RESOLVE").failed(
      "STAGE_FAILED", "resolve", "REF_ACCESS_DENIED",
      {{"evidence_refs",
        R"([{"purpose":"p:manifest","ref_id":"a/b","ref_type":"artifact_ref","status":"RESOLVED"},)"
        R"({"purpose":"p:rows","reason_code":"REF_SCOPE_MISMATCH","ref_id":"c","ref_type":"artifact_ref","status":"DENIED"}])"}});
  const auto signals = told(run);
  ASSERT_EQ(signals.audits.size(), 2U);
  EXPECT_EQ(document(signals.audits[1]).at("details").at("reason_code"), "REF_SCOPE_MISMATCH");
  EXPECT_EQ(signals.tally.refs, (std::map<std::string, std::int64_t>{{"DENIED", 1}, {"RESOLVED", 1}}));
  EXPECT_EQ(signals.tally.anomalies, (std::map<std::string, std::int64_t>{{"REF_SCOPE_MISMATCH", 1}}));
  EXPECT_EQ(last_fact(run).at("details").at("boundary"), "evidence_ref_resolution");
}

TEST(SignalsOf, TellTheBusThreeThings) {
  EXPECT_EQ(control_in(RunOfEvents().published()),
            (Words{"mf.train_run.started", "mf.train_run.completed", "mf.bundle.published"}));
  const json published = document(told(RunOfEvents().published()).control.back());
  EXPECT_TRUE(published.at("ts_utc").get<std::string>().ends_with(".000000Z"));
  EXPECT_EQ(published.at("payload").at("publish_receipt_ref"), kPlatformRun + "/publish_receipt");
}

TEST(SignalsOf, GiveTheBusAPlatformRunOnlyWhereItKnowsTheForm) {
  const auto events = RunOfEvents().published().events();
  const json known = document(signals_of("platform_20260601T000000Z", events).control.back());
  EXPECT_EQ(known.at("platform_run_id"), "platform_20260601T000000Z");
  for (const char* other : {"my_payments_2026", "platform_20260601T000000", "platform_2026x601T000000Z", ""}) {
    const json fact = document(signals_of(other, events).control.back());
    EXPECT_FALSE(fact.contains("platform_run_id")) << other;
    EXPECT_EQ(fact.at("payload").at("platform_run_id"), other);
  }
}

TEST(SignalsOf, TellTheBusOfARunThatFailedOnce) {
  const auto run =
      RunOfEvents().trained().failed("RUN_FAILED", "eval", "DATA_INVALID", {{"terminal_class", "REJECTED_INPUTS"}});
  EXPECT_EQ(control_in(run), (Words{"mf.train_run.started", "mf.train_run.completed"}));
  EXPECT_EQ(document(told(run).control.back()).at("payload").at("outcome"), "FAIL");
  const auto unstarted =
      RunOfEvents().claimed().failed("RUN_FAILED", "resolve", "RUN_CANCELED", {{"terminal_class", "CANCELED"}});
  EXPECT_TRUE(control_in(unstarted).empty());
}

TEST(SignalsOf, ActivateNothing) {
  const auto signals = told(RunOfEvents().published());
  for (const auto* lines : {&signals.governance, &signals.control})
    for (const auto& line : *lines) EXPECT_EQ(line.text.find("activate"), std::string::npos);
}

TEST(SignalsOf, KeepSecretsOfOthersToThemselves) {
  auto run = RunOfEvents();
  run.made("PLAN_LOCKED", "plan", {});
  run.add("REQUEST_ALIASED", {{"request_id", "id"}, {"requester_principal", "SYSTEM::token=abcdefghij"}});
  EXPECT_EQ(last_fact(run).dump().find("abcdefghij"), std::string::npos);
}

TEST(SignalsOf, RefuseALogWithoutARequest) {
  auto events = RunOfEvents().events();
  events[0].detail["request"] = "{}";
  EXPECT_THROW(signals_of(kPlatformRun, events), Error);
}

TEST(Tally, IsTheSumOfItsParts) {
  Tally sum;
  sum.add(told(RunOfEvents().published()).tally);
  sum.add(told(RunOfEvents().passed()).tally);
  EXPECT_EQ(sum.counters.at("eval_pass"), 2);
  EXPECT_EQ(sum.counters.at("bundle_published"), 1);
  EXPECT_FALSE(sum.last_success_utc.empty());
}

TEST(WithSixDigits, OrdersTextsAsTime) {
  EXPECT_EQ(with_six_digits("2026-02-10T00:00:00Z"), "2026-02-10T00:00:00.000000Z");
  EXPECT_EQ(with_six_digits("2026-02-10T01:00:00.5+01:00"), "2026-02-10T00:00:00.500000Z");
}

TEST(LifecycleTable, NamesEachCounterAndStepOnce) {
  std::set<std::string> types;
  for (const Step& step : lifecycle_table()) EXPECT_TRUE(types.insert(step.type).second) << step.type;
}

TEST(CategoryOf, KnowsOnlyCodesOfTheTable) {
  EXPECT_EQ(category_of("FEATURE_SCHEMA_INCOMPATIBLE"), "INCOMPATIBILITY");
  EXPECT_EQ(category_of("REGISTRY_UNAVAILABLE"), "PUBLISH_AMBIGUOUS");
  EXPECT_EQ(category_of("DATA_INVALID"), "UNKNOWN");
  for (const auto& row : code_table()) EXPECT_FALSE(category_of(row.name).empty());
}

}  // namespace
}  // namespace mf::observability
