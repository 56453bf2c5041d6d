#include "mf/identity/recipes.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace mf::identity {
namespace {

// The golden values below were computed twice, by two independent implementations of the recipes.
const std::string kRunKey = "ce2533c511ab101a3a820da1f47c94a8053dadd38afe1bac8dc2bb915a84d878";
const std::string kRun = "tr_16a2ad9c3ad29e2e989ece1cb3c61936";
const std::string kBundle = "7defc0ef45c9665c081f8484f71ca75084d5f9bc7c0bf7aa37b3c40cdc65d443";
const std::vector<std::string> kManifestDigests = {std::string(64, '0'), std::string(64, '1')};

TEST(DocumentDigest, IsOfTheContentNotOfTheSpelling) {
  const auto spread = nlohmann::json::parse("{ \"b\": [1, 2.0],\n \"a\": \"\\u00e9\" }");
  const auto tight = nlohmann::json::parse("{\"a\":\"\xC3\xA9\",\"b\":[1,2.0]}");
  EXPECT_EQ(document_digest(spread), document_digest(tight));
  EXPECT_NE(document_digest(spread), document_digest(nlohmann::json::parse("{\"a\":\"\xC3\xA9\",\"b\":[1,2]}")));
}

TEST(DocumentDigest, OfTheEmptyObjectIsTheDigestOfItsTwoBytes) {
  EXPECT_EQ(document_digest(nlohmann::json::object()),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

TEST(TrainRunKey, IsTheGoldenOne) {
  const nlohmann::json payload = {
      {"intent_kind", "baseline_train"},
      {"platform_run_id", "platform_20260210T091951Z"},
      {"dataset_manifest_refs",
       {"s3://fraud-platform/platform_20260210T091951Z/ofs/manifests/dm_a.json",
        "s3://fraud-platform/platform_20260210T091951Z/ofs/manifests/dm_b.json"}},
      {"training_config_ref", "s3://fraud-platform/config/mf/train_config_v0.yaml"},
      {"governance_profile_ref", "s3://fraud-platform/config/mf/governance_profile_v0.yaml"},
      {"target_scope", {{"environment", "local_parity"}, {"mode", "fraud"}, {"bundle_slot", "primary"}}},
      {"policy_revision", "mf-policy-v0"},
      {"config_revision", "local-parity-v0"},
      {"mf_code_release_id", "git:def456"}};
  EXPECT_EQ(train_run_key(payload), kRunKey);
}

TEST(TrainRunId, IsCutFromTheHashOfTheKey) { EXPECT_EQ(train_run_id(kRunKey), kRun); }

TEST(EvalReportId, IsCutFromTheHashOfTheRunId) { EXPECT_EQ(eval_report_id(kRun), "er_c35166ad32d9b5c1"); }

TEST(StageSeed, IsTheGoldenOne) { EXPECT_EQ(stage_seed("mf.phase4.seed.v0", 31, kRun, kManifestDigests), 960834721); }

TEST(StageSeed, StaysInRangeForAnyBaseSeed) {
  for (const std::int64_t base : {std::int64_t{0}, std::int64_t{2147483646}, std::int64_t{9223372036854775807}}) {
    const auto seed = stage_seed("mf.phase4.seed.v0", base, kRun, kManifestDigests);
    EXPECT_GE(seed, 0);
    EXPECT_LT(seed, 2147483647);
  }
}

TEST(StageSeed, ChangesWithEverythingItIsMadeFrom) {
  const auto seed = stage_seed("mf.phase4.seed.v0", 31, kRun, kManifestDigests);
  EXPECT_NE(stage_seed("mf.phase4.seed.v1", 31, kRun, kManifestDigests), seed);
  EXPECT_NE(stage_seed("mf.phase4.seed.v0", 32, kRun, kManifestDigests), seed);
  EXPECT_NE(stage_seed("mf.phase4.seed.v0", 31, "tr_other", kManifestDigests), seed);
  EXPECT_NE(stage_seed("mf.phase4.seed.v0", 31, kRun, {}), seed);
}

TEST(BundleVersion, IsTheGoldenOne) {
  EXPECT_EQ(bundle_version(kBundle, "mf-policy-v0", "local-parity-v0"), "v0-90d075f9e7de");
  EXPECT_NE(bundle_version(kBundle, "mf-policy-v1", "local-parity-v0"), "v0-90d075f9e7de");
}

TEST(RegistryEventId, IsTheGoldenOne) {
  EXPECT_EQ(registry_event_id(kBundle, "v0-90d075f9e7de"), "reg_evt_3686d0fdb705647d434109c9");
}

TEST(DatasetManifestId, IsCutFromTheHashOfTheFingerprint) {
  const std::string id = dataset_manifest_id("b1c7e0a9");
  EXPECT_EQ(id.size(), 35U);
  EXPECT_TRUE(id.starts_with("dm_"));
  EXPECT_EQ(id.substr(3), document_digest({{"recipe", "ofs.dataset_manifest_id.v1"},
                                           {"payload", {{"dataset_fingerprint", "b1c7e0a9"}}}})
                              .substr(0, 32));
}

TEST(RequestPayloadHash, HashesTheRequestAsAText) {
  // Encoded twice: the inner canonical form is a JSON string of the outer one.
  EXPECT_EQ(request_payload_hash({{"a", 1}}),
            document_digest({{"recipe", "mf.request_payload.v1"}, {"payload", R"({"a":1})"}}));
}

TEST(InputFingerprint, DoesNotDependOnTheOrderOfInputs) {
  EXPECT_EQ(input_fingerprint({{"manifest", "a"}, {"data", "b"}}),
            input_fingerprint({{"data", "b"}, {"manifest", "a"}}));
}

TEST(InputFingerprint, BindsEachDigestToItsRole) {
  EXPECT_NE(input_fingerprint({{"manifest", "a"}, {"data", "b"}}),
            input_fingerprint({{"manifest", "b"}, {"data", "a"}}));
  EXPECT_NE(input_fingerprint({{"data", "a"}}), input_fingerprint({{"data", "a"}, {"data", "a"}}));
}

TEST(ModelFingerprint, ChangesWithEverythingItIsMadeFrom) {
  const auto fingerprint = model_fingerprint(kRun, kManifestDigests, "time_based", 7, "2222");
  EXPECT_EQ(fingerprint.size(), 64U);
  EXPECT_NE(model_fingerprint("tr_other", kManifestDigests, "time_based", 7, "2222"), fingerprint);
  EXPECT_NE(model_fingerprint(kRun, {}, "time_based", 7, "2222"), fingerprint);
  EXPECT_NE(model_fingerprint(kRun, kManifestDigests, "hash", 7, "2222"), fingerprint);
  EXPECT_NE(model_fingerprint(kRun, kManifestDigests, "time_based", 8, "2222"), fingerprint);
  EXPECT_NE(model_fingerprint(kRun, kManifestDigests, "time_based", 7, "3333"), fingerprint);
}

TEST(BundleId, ChangesWithAnyContent) {
  EXPECT_NE(bundle_id({{"members", {"a"}}}), bundle_id({{"members", {"b"}}}));
  EXPECT_EQ(bundle_id({{"members", {"a"}}}).size(), 64U);
}

TEST(RunConfigDigest, ChangesWithProfilePolicyAndWiring) {
  const auto digest = run_config_digest({{"profile_id", "p"}}, {{"policy_id", "q"}}, {{"stream_id", "s"}});
  EXPECT_NE(run_config_digest({{"profile_id", "x"}}, {{"policy_id", "q"}}, {{"stream_id", "s"}}), digest);
  EXPECT_NE(run_config_digest({{"profile_id", "p"}}, {{"policy_id", "x"}}, {{"stream_id", "s"}}), digest);
  EXPECT_NE(run_config_digest({{"profile_id", "p"}}, {{"policy_id", "q"}}, {{"stream_id", nullptr}}), digest);
}

TEST(BundleIdV1, IsTheGoldenOneOfTheEarlierFactory) {
  EXPECT_EQ(bundle_id_v1("tr_16a2ad9c3ad29e2e989ece1cb3c61936", {std::string(64, '0'), std::string(64, '1')},
                         std::string(64, '2'), std::string(64, '3'), "s3://fraud-platform/e.json",
                         "s3://fraud-platform/g.json"),
            "7defc0ef45c9665c081f8484f71ca75084d5f9bc7c0bf7aa37b3c40cdc65d443");
}

}  // namespace
}  // namespace mf::identity
