#include "cli/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace mf::cli {
namespace {

using ::testing::HasSubstr;

const std::string kRun = "tr_0123456789abcdef0123456789abcdef";

Account a_published_run() {
  Account account;
  account.command = "run";
  account.result.outcome = "PUBLISHED";
  account.result.run = kRun;
  account.result.refs = {{"eval_report_ref", "p/eval.json"}, {"plan_ref", "p/plan.json"}};
  account.result.figures = {{"roc_auc", 0.1}, {"rows", std::int64_t{200000}}, {"calibrated", true}};
  account.result.lines = {"the gate passed: 3 of 3 criteria"};
  account.result.next = "mf status --run " + kRun;
  return account;
}

Account a_failure(const std::string& command = "run") {
  return account_of(Error(Code::LEASE_HELD, "run is held by host 7", {{"owner", "host 7"}}), command, {});
}

nlohmann::json told(const Account& account) { return nlohmann::json::parse(as_json(account)); }

TEST(Text, BeginsWithOutcomeAndRunAndEndsWithTheNextCommand) {
  EXPECT_EQ(as_text(a_published_run()), "PUBLISHED  " + kRun +
                                            "\n"
                                            "the gate passed: 3 of 3 criteria\n"
                                            "Next: mf status --run " +
                                            kRun + "\n");
}

TEST(Text, AlignsRefsWhereTheyAreTheEnd) {
  auto account = a_published_run();
  account.shown = Shown::outcome_and_refs;
  EXPECT_THAT(as_text(account), HasSubstr("  eval_report_ref  p/eval.json\n  plan_ref         p/plan.json\n"));
}

TEST(Text, ShowsRefsAndFiguresWhenVerbose) {
  auto account = a_published_run();
  account.verbose = true;
  EXPECT_THAT(as_text(account), HasSubstr("  roc_auc     0.1\n  rows        200000\n  calibrated  true\n"));
  EXPECT_THAT(as_text(account), HasSubstr("  plan_ref         p/plan.json\n"));
}

TEST(Text, IsTheLinesAloneWhereTheyAreTheAnswer) {
  auto account = a_published_run();
  account.shown = Shown::lines;
  account.result.next.clear();
  EXPECT_EQ(as_text(account), "the gate passed: 3 of 3 criteria\n");
}

TEST(Text, EscapesWhatCouldDriveATerminal) {
  auto account = a_published_run();
  account.result.lines = {"column \x1b[2J\nPUBLISHED"};
  EXPECT_THAT(as_text(account), HasSubstr("column \\x1b[2J\\nPUBLISHED\n"));
}

TEST(Text, IsEmptyWhenTheCommandFailed) { EXPECT_EQ(as_text(a_failure()), ""); }

TEST(FailureText, SaysMessageCodeAndFix) {
  EXPECT_EQ(failure_as_text(a_failure()),
            "mf: run is held by host 7\n"
            "  code LEASE_HELD (LEDGER, TRANSIENT)\n"
            "  fix: Wait for it, or retry later; `mf status` shows who holds the run.\n");
}

TEST(FailureText, SaysWhereTheFailureIsRecorded) {
  KnownRun known;
  known.refs = {{"request_rejection_ref", "mf/rejections/request-0001/0a.json"}};
  const auto account = account_of(Error(Code::REQUEST_INVALID, "request.json: /a is unknown"), "run", known);
  EXPECT_THAT(failure_as_text(account),
              HasSubstr("\n  request_rejection_ref  mf/rejections/request-0001/0a.json\n  fix: "));
  EXPECT_EQ(told(account)["refs"]["request_rejection_ref"], "mf/rejections/request-0001/0a.json");
}

TEST(FailureText, AddsTheParticularsWhenVerbose) {
  auto account = a_failure();
  account.verbose = true;
  EXPECT_THAT(failure_as_text(account), HasSubstr("  owner  host 7\n"));
}

TEST(FailureText, IsEmptyWithoutAFailure) { EXPECT_EQ(failure_as_text(a_published_run()), ""); }

TEST(Json, IsOneLine) {
  const auto json = as_json(a_published_run());
  EXPECT_EQ(json.find('\n'), json.size() - 1);
}

TEST(Json, HoldsTheSameKeysForSuccessAndFailure) {
  const auto success = told(a_published_run());
  const auto failure = told(a_failure());
  ASSERT_EQ(success.size(), 9U);
  for (const auto& [key, value] : success.items()) EXPECT_TRUE(failure.contains(key)) << key;
  EXPECT_EQ(failure.size(), success.size());
}

TEST(Json, TellsAResult) {
  const auto json = told(a_published_run());
  EXPECT_EQ(json.at("schema_version"), "mf.command_result.v1");
  EXPECT_EQ(json.at("command"), "run");
  EXPECT_EQ(json.at("outcome"), "PUBLISHED");
  EXPECT_EQ(json.at("run"), kRun);
  EXPECT_EQ(json.at("identity"), nullptr);
  EXPECT_EQ(json.at("refs"), (nlohmann::json{{"eval_report_ref", "p/eval.json"}, {"plan_ref", "p/plan.json"}}));
  EXPECT_EQ(json.at("figures"), (nlohmann::json{{"roc_auc", 0.1}, {"rows", 200000}, {"calibrated", true}}));
  EXPECT_EQ(json.at("failure"), nullptr);
}

TEST(Json, TellsATableAsAnObjectForEachRow) {
  EXPECT_EQ(told(a_published_run()).at("rows"), nlohmann::json::array());
  auto account = a_published_run();
  account.result.table = factory::Table{{"run", "state", "requests"},
                                        {{kRun, std::string("FAIL"), std::vector<std::string>{"a", "b"}},
                                         {std::string("tr_\"\n"), std::string(), std::vector<std::string>{}}}};
  EXPECT_EQ(told(account).at("rows"),
            nlohmann::json::parse(R"([{"run": ")" + kRun + R"(", "state": "FAIL", "requests": ["a", "b"]},
                                                               {"run": "tr_\"\n", "state": null, "requests": []}])"));
}

TEST(Json, TellsTheIdentityOfARequest) {
  auto account = a_published_run();
  account.result.identity = contracts::RequestIdentity{"k", kRun, "h"};
  EXPECT_EQ(told(account).at("identity"),
            (nlohmann::json{{"train_run_key", "k"}, {"train_run_id", kRun}, {"request_payload_hash", "h"}}));
}

TEST(Json, TellsAFailureInFull) {
  const auto failure = told(a_failure()).at("failure");
  EXPECT_EQ(failure, (nlohmann::json{{"code", "LEASE_HELD"},
                                     {"category", "LEDGER"},
                                     {"class", "TRANSIENT"},
                                     {"retryable", true},
                                     {"exit", 75},
                                     {"message", "run is held by host 7"},
                                     {"hint", "Wait for it, or retry later; `mf status` shows who holds the run."},
                                     {"context", {{"owner", "host 7"}}}}));
}

TEST(Json, TellsHiddenCharactersOpenly) {
  const std::string text = as_json(account_of(Error(Code::USAGE, "a\nb", {{"found", "a\xE2\x80\xAE\x7F"}}), "run", {}));
  EXPECT_NE(text.find("\"found\":\"a\\u202E\\u007F\""), std::string::npos) << text;
  EXPECT_EQ(nlohmann::json::parse(text).at("failure").at("message"), "a\\nb");
}

TEST(Json, QuotesNoMoreOfWhatWasFoundThanCanBeRead) {
  const std::string found(20'000, 'x');
  const auto failure = told(account_of(Error(Code::USAGE, "no " + found, {{"found", found}}), "run", {})).at("failure");
  EXPECT_LT(failure.at("message").get<std::string>().size(), 1100U);
  EXPECT_LT(failure.at("context").at("found").get<std::string>().size(), 4100U);
}

TEST(Json, IsNullWhereNoCommandAndNoRunWasNamed) {
  const auto json = told(account_of(Error(Code::USAGE, "no command was given"), "", {}));
  EXPECT_EQ(json.at("command"), nullptr);
  EXPECT_EQ(json.at("run"), nullptr);
}

TEST(Json, KeepsEveryDigitOfADouble) {
  auto account = a_published_run();
  account.result.figures = {{"log_loss", 0.1 + 0.2}, {"tiny", 5e-324}};
  EXPECT_EQ(told(account).at("figures").at("log_loss").get<double>(), 0.1 + 0.2);
  EXPECT_EQ(told(account).at("figures").at("tiny").get<double>(), 5e-324);
}

TEST(Json, TellsTheUndefinedAsNull) {
  auto account = a_published_run();
  account.result.figures = {{"roc_auc", std::numeric_limits<double>::quiet_NaN()}};
  EXPECT_EQ(told(account).at("figures").at("roc_auc"), nullptr);
}

TEST(Json, KeepsFiguresInTheirOrder) {
  EXPECT_LT(as_json(a_published_run()).find("roc_auc"), as_json(a_published_run()).find("calibrated"));
}

TEST(Json, SurvivesTextThatIsNoUtf8) {
  EXPECT_EQ(told(account_of(Error(Code::FILE_NOT_FOUND, "no caf\xE9"), "run", {})).at("failure").at("message"),
            "no caf\\xe9");
}

TEST(Outcome, OfAFailureIsFailedOrForARequestRejected) {
  EXPECT_EQ(a_failure().result.outcome, "FAILED");
  EXPECT_EQ(a_failure("validate-request").result.outcome, "REJECTED");
}

TEST(Outcome, OfAFailureKeepsWhatWasKnownOfTheRun) {
  const KnownRun known{kRun, contracts::RequestIdentity{"k", kRun, "h"}, {}};
  const auto account = account_of(Error(Code::LEASE_HELD, "held"), "train", known);
  EXPECT_EQ(account.result.run, kRun);
  EXPECT_TRUE(account.result.identity);
}

TEST(ExitStatus, IsTheResultsOwn) {
  auto account = a_published_run();
  EXPECT_EQ(exit_status(account), 0);
  account.result.exit_status = 1;
  EXPECT_EQ(exit_status(account), 1);
}

TEST(ExitStatus, IsTheCodesAfterAFailure) {
  EXPECT_EQ(exit_status(a_failure()), 75);
  auto pending = a_published_run();
  pending.result.failure = Error(Code::REGISTRY_UNAVAILABLE, "gone");
  EXPECT_EQ(exit_status(pending), 75) << "a failure never exits 0";
}

TEST(PendingResult, IsToldTogetherWithItsFailure) {
  auto pending = a_published_run();
  pending.result.outcome = "PUBLISH_PENDING";
  pending.result.failure = Error(Code::REGISTRY_UNAVAILABLE, "gone");
  EXPECT_THAT(as_text(pending), HasSubstr("PUBLISH_PENDING  " + kRun));
  EXPECT_THAT(failure_as_text(pending), HasSubstr("code REGISTRY_UNAVAILABLE"));
  EXPECT_EQ(told(pending).at("outcome"), "PUBLISH_PENDING");
  EXPECT_EQ(told(pending).at("failure").at("code"), "REGISTRY_UNAVAILABLE");
}

}  // namespace
}  // namespace mf::cli
