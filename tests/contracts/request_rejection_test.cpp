#include "mf/contracts/request_rejection.hpp"

#include <gtest/gtest.h>

#include "support/requests.hpp"

namespace mf::contracts {
namespace {

using testing::a_request_document;

/// The request with one field changed, taken out, or of another shape.
std::string with(const std::string& field, const nlohmann::json& value) {
  auto document = a_request_document();
  document[field] = value;
  return document.dump();
}

TEST(ClaimsOf, ARequestAreItsOwnFields) {
  const auto claims = claims_of(a_request_document().dump());
  EXPECT_EQ(claims.request_id, "req-golden-01");
  EXPECT_EQ(claims.intent_kind, "baseline_train");
  EXPECT_EQ(claims.platform_run_id, "platform_20260210T091951Z");
  EXPECT_EQ(claims.requester_principal, "SYSTEM::run_operate");
}

TEST(ClaimsOf, ARequestAreThoseThatItsOtherFaultsLeave) {
  const auto claims = claims_of(with("dataset_manifest_refs", 7));
  EXPECT_EQ(claims.request_id, "req-golden-01");
  EXPECT_EQ(claims.requester_principal, "SYSTEM::run_operate");
  EXPECT_EQ(claims_of(with("no_such_key", 1)).request_id, "req-golden-01");
  EXPECT_EQ(claims_of(R"({"request_id": "req-golden-01"})").request_id, "req-golden-01");
}

TEST(ClaimsOf, ARequestLeaveOutWhatNoRequestMaySay) {
  for (const nlohmann::json& id : {nlohmann::json("short"), nlohmann::json("../../etc"), nlohmann::json("a b c d e f"),
                                   nlohmann::json(12345678), nlohmann::json(), nlohmann::json(std::string(129, 'x'))})
    EXPECT_EQ(claims_of(with("request_id", id)).request_id, std::nullopt) << id;
  EXPECT_EQ(claims_of(with("intent_kind", "BASELINE_TRAIN")).intent_kind, std::nullopt);
  EXPECT_EQ(claims_of(with("platform_run_id", "..")).platform_run_id, std::nullopt);
  EXPECT_EQ(claims_of(with("requester_principal", "HUMAN::\n")).requester_principal, "HUMAN::");
  EXPECT_EQ(claims_of(with("requester_principal", "a\nb")).requester_principal, std::nullopt);
  EXPECT_EQ(claims_of(with("requester_principal", " ")).requester_principal, std::nullopt);
}

TEST(ClaimsOf, WhatIsNoObjectAreNone) {
  const std::string request = a_request_document().dump();
  for (const std::string& bytes :
       {std::string(), std::string("[]"), std::string("\"req-golden-01\""), request + ",", "\xef\xbb\xbf" + request,
        std::string(R"({"request_id":"req-golden-01","request_id":"req-golden-01"})")})
    EXPECT_EQ(claims_of(bytes).request_id, std::nullopt) << bytes;
}

}  // namespace
}  // namespace mf::contracts
