#include "mf/contracts/job_claims.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/failures.hpp"

namespace mf::contracts {
namespace {

using nlohmann::json;

JobClaims claims_of(const json& job) { return claims_of_job(job.dump(), "job.json"); }

json a_job() {
  return {{"request_id", "job-00001"},
          {"platform_run_id", "platform_20260210T091951Z"},
          {"command", "train_build"},
          {"run_config_digest", std::string(64, 'c')}};
}

TEST(ClaimsOfJob, AreTheFourTextsByWhichAWorkerDecides) {
  const auto claims = claims_of(a_job());
  EXPECT_EQ(claims.request_id, "job-00001");
  EXPECT_EQ(claims.platform_run_id, "platform_20260210T091951Z");
  EXPECT_EQ(claims.command, "train_build");
  EXPECT_EQ(claims.run_config_digest, std::string(64, 'c'));
}

TEST(ClaimsOfJob, AreToldHoweverWrongTheRestIs) {
  auto job = a_job();
  job["no_such_key"] = 7;
  job["request"] = {{"platform_run_id", "another"}};
  job["command"] = "train_bild";
  EXPECT_EQ(claims_of(job).command, "train_bild");
  EXPECT_EQ(claims_of(job).request_id, "job-00001");
}

TEST(ClaimsOfJob, LeaveOutWhatIsMissingBlankOrNoText) {
  for (const json& value : {json(), json(7), json(""), json(" \t"), json({"job-00001"}), json({{"a", "b"}})}) {
    auto job = a_job();
    job["request_id"] = value;
    EXPECT_EQ(claims_of(job).request_id, std::nullopt) << value;
    EXPECT_EQ(claims_of(job).command, "train_build");
  }
  EXPECT_EQ(claims_of(json::object()).run_config_digest, std::nullopt);
}

TEST(ClaimsOfJob, AreOfAStrictObjectAlone) {
  for (const std::string& bytes : {std::string(), std::string("[]"), std::string("7"), a_job().dump() + ",",
                                   std::string("{\"command\":1,\"command\":2}"), "\xef\xbb\xbf" + a_job().dump(),
                                   std::string(100'000, '['), std::string("\xff\xfe\x00{", 4)})
    EXPECT_CODE(claims_of_job(bytes, "job.json"), Code::REQUEST_INVALID);
}

}  // namespace
}  // namespace mf::contracts
