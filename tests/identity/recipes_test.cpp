#include "mf/identity/recipes.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace mf::identity {
namespace {

const std::string kRun = "tr_16a2ad9c3ad29e2e989ece1cb3c61936";
const std::vector<std::string> kManifestDigests = {std::string(64, '0'), std::string(64, '1')};

TEST(TrainRunId, IsCutFromTheHashOfTheKey) {
  EXPECT_EQ(train_run_id("ce2533c511ab101a3a820da1f47c94a8053dadd38afe1bac8dc2bb915a84d878"), kRun);
}

TEST(EvalReportId, IsCutFromTheHashOfTheRunId) { EXPECT_EQ(eval_report_id(kRun), "er_c35166ad32d9b5c1"); }

TEST(StageSeed, IsTheGoldenOne) {
  EXPECT_EQ(stage_seed("mf.phase4.seed.v0", 31, kRun, kManifestDigests), 960834721);
}

TEST(StageSeed, StaysInRangeForAnyBaseSeed) {
  for (const std::int64_t base : {std::int64_t{0}, std::int64_t{2147483646}, std::int64_t{9223372036854775807}}) {
    const auto seed = stage_seed("mf.phase4.seed.v0", base, kRun, kManifestDigests);
    EXPECT_GE(seed, 0);
    EXPECT_LT(seed, 2147483647);
  }
}

TEST(BundleVersion, IsTheGoldenOneForItsRecipe) {
  // The registry event of the same golden vector follows from id and version.
  EXPECT_EQ(registry_event_id("7defc0ef45c9665c081f8484f71ca75084d5f9bc7c0bf7aa37b3c40cdc65d443", "v0-90d075f9e7de"),
            "reg_evt_3686d0fdb705647d434109c9");
}

TEST(InputFingerprint, DoesNotDependOnTheOrderOfInputs) {
  EXPECT_EQ(input_fingerprint({{"manifest", "a"}, {"data", "b"}}), input_fingerprint({{"data", "b"}, {"manifest", "a"}}));
  EXPECT_NE(input_fingerprint({{"manifest", "a"}, {"data", "b"}}), input_fingerprint({{"manifest", "b"}, {"data", "a"}}));
}

TEST(BundleId, ChangesWithAnyContent) {
  EXPECT_NE(bundle_id({{"members", {"a"}}}), bundle_id({{"members", {"b"}}}));
  EXPECT_EQ(bundle_id({{"members", {"a"}}}).size(), 64U);
}

}  // namespace
}  // namespace mf::identity
