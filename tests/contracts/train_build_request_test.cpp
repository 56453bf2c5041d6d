#include "mf/contracts/train_build_request.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "support/data_lines.hpp"
#include "support/failures.hpp"
#include "support/requests.hpp"

namespace mf::contracts {
namespace {

using mf::testing::a_request;
using mf::testing::a_request_document;
using nlohmann::json;

void expect_vector(const json& line) {
  const auto& expected = line.at("expected");
  const bool accepted = expected.at("outcome") == "ACCEPTED";
  try {
    const auto identity = identity_of(read_request(line.at("request").dump(), "line " + line.at("id").dump()));
    ASSERT_TRUE(accepted) << "accepted, expected " << expected.at("code");
    EXPECT_EQ(identity.train_run_key, expected.at("train_run_key"));
    EXPECT_EQ(identity.run_id, expected.at("train_run_id"));
    EXPECT_EQ(identity.request_payload_hash, expected.at("request_payload_hash"));
  } catch (const Error& error) {
    ASSERT_FALSE(accepted) << error.message();
    EXPECT_EQ(error.row().name, expected.at("code").get<std::string>()) << error.message();
  }
}

TEST(ReadRequest, AgreesWithEveryVector) {
  for (const auto& line : testing::data_lines("request_identity.jsonl")) {
    SCOPED_TRACE("vector " + line.at("id").dump());
    expect_vector(line);
  }
}

struct Golden {
  const char* what;
  std::function<void(json&)> change;
  const char* train_run_key;
  const char* run_id;
  const char* request_payload_hash;
};

constexpr const char* kKey = "ce2533c511ab101a3a820da1f47c94a8053dadd38afe1bac8dc2bb915a84d878";
constexpr const char* kId = "tr_16a2ad9c3ad29e2e989ece1cb3c61936";
constexpr const char* kHash = "fcd969ef816e1a4d36b367a9ef82e36086e6d4739b8a91d09dcae0964ffabdf6";
constexpr const char* kHashUnpublished = "431a0bf339ff3db81bf7d0a3985fcde354ec20e9a9608357b7857b1d362a96a5";

const std::vector<Golden>& goldens() {
  static const std::vector<Golden> kGoldens = {
      {"as it is", [](json&) {}, kKey, kId, kHash},
      {"manifests reversed",
       [](json& request) { std::swap(request["dataset_manifest_refs"][0], request["dataset_manifest_refs"][1]); }, kKey,
       kId, "66b18a4ad8d0becfdacf9c9559314e619a1e4610bc11e1f0489be322372da185"},
      {"the first manifest again",
       [](json& request) { request["dataset_manifest_refs"].push_back(json(request["dataset_manifest_refs"][0])); },
       kKey, kId, "a5f7d8ae3f8771ef6c22bc015ac985e2e0db302926d3a1b59f97cbbdf9965a72"},
      {"a blank manifest ref", [](json& request) { request["dataset_manifest_refs"].push_back("  "); }, kKey, kId,
       kHash},
      {"texts padded",
       [](json& request) {
         for (const char* name : {"platform_run_id", "training_config_ref", "governance_profile_ref",
                                  "requester_principal", "policy_revision", "config_revision", "mf_code_release_id"})
           request[name] = "  " + request[name].get<std::string>() + "\t\n";
         for (auto& ref : request["dataset_manifest_refs"]) ref = " " + ref.get<std::string>() + " ";
         for (auto& [name, text] : request["target_scope"].items()) text = " " + text.get<std::string>() + " ";
       },
       kKey, kId, kHash},
      {"a tenant", [](json& request) { request["target_scope"]["tenant_id"] = "t1"; },
       "504c76a9d99dcc3ed908f0709eb698eed5f23ce29263e0c5a476485ae090169c", "tr_bf3c82990c37efde07e61fba24c449fe",
       "e732507ecd246a6e7f96e30f325d5e1c1d345138983f316f0137c9fac82c2ed1"},
      {"publishing not allowed", [](json& request) { request["publish_allowed"] = false; }, kKey, kId,
       kHashUnpublished},
      {"publishing not spoken of", [](json& request) { request.erase("publish_allowed"); }, kKey, kId,
       kHashUnpublished},
      {"another requester", [](json& request) { request["requester_principal"] = "HUMAN::x"; }, kKey, kId,
       "485d9835fae7cd61a0ff9c3e0fedb6bcb03d6e42dd70087169fc0679a0a077a8"},
      {"another request id", [](json& request) { request["request_id"] = "req-golden-02"; }, kKey, kId, kHash},
      {"a revision beyond ASCII", [](json& request) { request["config_revision"] = "r\xC3\xA9vision-\xC3\xA9"; },
       "c8025481f827ac05d9bd306cefca7756796010fa997342e7c99908744ef611fd", "tr_3575357783927c2a27ae43eafab8d533",
       "0a3a31e0506dd551e047f2210758b3c0933f5ea3c53f1ea6d0516cc09f5c1fa5"},
  };
  return kGoldens;
}

TEST(IdentityOf, IsTheGoldenOne) {
  for (const auto& golden : goldens()) {
    SCOPED_TRACE(golden.what);
    json request = a_request_document();
    golden.change(request);
    const auto identity = identity_of(testing::read(request));
    EXPECT_EQ(identity.train_run_key, golden.train_run_key);
    EXPECT_EQ(identity.run_id, golden.run_id);
    EXPECT_EQ(identity.request_payload_hash, golden.request_payload_hash);
  }
}

RC_GTEST_PROP(IdentityOf, NamesTheSameRunForAnyOrderOfManifests, ()) {
  const auto numbers = *rc::gen::nonEmpty<std::vector<int>>();
  json request = a_request_document();
  request["dataset_manifest_refs"] = json::array();
  for (const int number : numbers) request["dataset_manifest_refs"].push_back("m/" + std::to_string(number) + ".json");
  const auto before = identity_of(testing::read(request));
  const auto order = *rc::gen::exec([&] {
    auto refs = request["dataset_manifest_refs"].get<std::vector<std::string>>();
    for (std::size_t i = refs.size(); i > 1; --i) std::swap(refs[i - 1], refs[*rc::gen::inRange<std::size_t>(0, i)]);
    return refs;
  });
  request["dataset_manifest_refs"] = order;
  RC_ASSERT(identity_of(testing::read(request)).run_id == before.run_id);
}

struct Refusal {
  const char* pointer;
  json value;
  Code code;
};

const std::vector<Refusal>& refusals() {
  static const std::vector<Refusal> kRefusals = {
      {"/schema_version", "learning.mf_train_build_request.v1", Code::REQUEST_INVALID},
      {"/request_id", "short", Code::REQUEST_ID_INVALID},
      {"/request_id", "req-golden-01\n", Code::REQUEST_ID_INVALID},
      {"/request_id", std::string(129, 'x'), Code::REQUEST_ID_INVALID},
      {"/request_id", 12345678, Code::REQUEST_ID_INVALID},
      {"/intent_kind", "train", Code::INTENT_KIND_UNSUPPORTED},
      {"/intent_kind", nullptr, Code::INTENT_KIND_UNSUPPORTED},
      {"/platform_run_id", " ", Code::RUN_SCOPE_INVALID},
      {"/platform_run_id", "../escape", Code::RUN_SCOPE_INVALID},
      {"/platform_run_id", "..", Code::RUN_SCOPE_INVALID},
      {"/platform_run_id", std::string(129, 'x'), Code::RUN_SCOPE_INVALID},
      {"/dataset_manifest_refs", json::array(), Code::MANIFEST_REF_MISSING},
      {"/dataset_manifest_refs", json::array({"", " "}), Code::MANIFEST_REF_MISSING},
      {"/dataset_manifest_refs", json::array({" ", "\t"}), Code::MANIFEST_REF_MISSING},
      {"/dataset_manifest_refs", "m.json", Code::MANIFEST_REF_MISSING},
      {"/dataset_manifest_refs", json::array({"a/../b"}), Code::REF_INVALID},
      {"/dataset_manifest_refs", json::array({"ok.json", "m/*.json"}), Code::REF_INVALID},
      {"/dataset_manifest_refs", json::array({"m/latest"}), Code::REF_INVALID},
      {"/training_config_ref", "\t", Code::CONFIG_REF_MISSING},
      {"/training_config_ref", "/etc/passwd", Code::REF_INVALID},
      {"/training_config_ref", "a@sha256:abc", Code::REF_INVALID},
      {"/governance_profile_ref", "", Code::GOVERNANCE_PROFILE_MISSING},
      {"/governance_profile_ref", "http://x/y", Code::REF_INVALID},
      {"/requester_principal", "\xC2\xA0", Code::REQUESTER_MISSING},
      {"/target_scope", nullptr, Code::TARGET_SCOPE_INVALID},
      {"/target_scope/mode", " ", Code::TARGET_SCOPE_INVALID},
      {"/target_scope/tenant_id", "", Code::TARGET_SCOPE_INVALID},
      {"/target_scope/tenant_id", nullptr, Code::TARGET_SCOPE_INVALID},
      {"/target_scope/region", "eu", Code::TARGET_SCOPE_INVALID},
      {"/policy_revision", 7, Code::POLICY_REVISION_MISSING},
      {"/config_revision", " \xE2\x80\x83 ", Code::CONFIG_REVISION_MISSING},
      {"/mf_code_release_id", json::array(), Code::CODE_RELEASE_MISSING},
      {"/publish_allowed", "true", Code::REQUEST_INVALID},
      {"/publish_allowed", nullptr, Code::REQUEST_INVALID},
      {"/publish_alowed", true, Code::REQUEST_INVALID},
  };
  return kRefusals;
}

TEST(ReadRequest, RefusesAFaultUnderTheFieldsOwnCode) {
  for (const auto& refusal : refusals()) {
    SCOPED_TRACE(std::string(refusal.pointer) + " " + refusal.value.dump());
    json request = a_request_document();
    request[json::json_pointer(refusal.pointer)] = refusal.value;
    EXPECT_CODE(testing::read(request), refusal.code);
  }
}

TEST(ReadRequest, RefusesEachMissingFieldUnderItsCode) {
  const std::vector<std::pair<const char*, Code>> codes = {{"schema_version", Code::REQUEST_INVALID},
                                                           {"request_id", Code::REQUEST_ID_INVALID},
                                                           {"intent_kind", Code::INTENT_KIND_UNSUPPORTED},
                                                           {"platform_run_id", Code::RUN_SCOPE_INVALID},
                                                           {"dataset_manifest_refs", Code::MANIFEST_REF_MISSING},
                                                           {"training_config_ref", Code::CONFIG_REF_MISSING},
                                                           {"governance_profile_ref", Code::GOVERNANCE_PROFILE_MISSING},
                                                           {"requester_principal", Code::REQUESTER_MISSING},
                                                           {"target_scope", Code::TARGET_SCOPE_INVALID},
                                                           {"policy_revision", Code::POLICY_REVISION_MISSING},
                                                           {"config_revision", Code::CONFIG_REVISION_MISSING},
                                                           {"mf_code_release_id", Code::CODE_RELEASE_MISSING}};
  for (const auto& [field, code] : codes) {
    SCOPED_TRACE(field);
    json request = a_request_document();
    request.erase(field);
    EXPECT_CODE(testing::read(request), code);
  }
}

TEST(ReadRequest, RefusesWhatIsNoJsonObject) {
  for (const char* text : {"", "[]", "null", "\"x\"", "{", "{} {}", "{\"request_id\":\"a\",\"request_id\":\"b\"}"})
    EXPECT_CODE(read_request(text, "request.json"), Code::REQUEST_INVALID);
}

TEST(ReadRequest, NamesTheFieldAndTheFile) {
  json request = a_request_document();
  request["target_scope"].erase("mode");
  try {
    testing::read(request);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.context().at("pointer"), "/target_scope/mode");
    EXPECT_EQ(error.context().at("document"), "request.json");
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
  }
}

TEST(ReadRequest, NamesTheRefThatIsNone) {
  json request = a_request_document();
  request["dataset_manifest_refs"] = json::array({"ok.json", "../out.json"});
  try {
    testing::read(request);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::REF_INVALID);
    EXPECT_EQ(error.context().at("pointer"), "/dataset_manifest_refs/1");
  }
}

TEST(ReadRecordedRequest, ReadsWhatRequestJsonWrites) {
  const auto request = a_request();
  EXPECT_EQ(request_json(read_recorded_request(request_json(request))), request_json(request));
  EXPECT_EQ(identity_of(read_recorded_request(request_json(request))).run_id, kId);
}

TEST(CanonicalManifestRefs, AreSortedWithoutRepeats) {
  json document = a_request_document();
  document["dataset_manifest_refs"] = {"b.json", "a.json", " b.json", "B.json"};
  EXPECT_EQ(canonical_manifest_refs(testing::read(document)), (std::vector<std::string>{"B.json", "a.json", "b.json"}));
}

}  // namespace
}  // namespace mf::contracts
