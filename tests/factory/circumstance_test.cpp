#include "factory/circumstance.hpp"

#include <gtest/gtest.h>

#include "mf/engine/booster.hpp"
#include "support/fixed_clock.hpp"

namespace mf::factory {
namespace {

TEST(Circumstance, SaysWhatMadeTheBytesAndWithHowManyThreads) {
  const testing::FixedClock clock;
  const auto journal = observability::open_silence();
  Workshop workshop{.profile = {},
                    .profile_path = {},
                    .run_config_digest = "digest",
                    .threads = 3,
                    .artifacts = nullptr,
                    .scratch_folder = {},
                    .registry_root = {},
                    .clock = clock,
                    .journal = *journal,
                    .prepared = nullptr,
                    .cache = {},
                    .stop = nullptr};
  workshop.profile.service_release_id = "mf:test";
  const auto circumstance = circumstance_of(workshop);
  EXPECT_EQ(circumstance.engine_version, engine::engine_version());
  EXPECT_EQ(circumstance.service_release_id, "mf:test");
  EXPECT_EQ(circumstance.run_config_digest, "digest");
  EXPECT_EQ(circumstance.threads, 3);
  ASSERT_TRUE(circumstance.program && circumstance.build);
  EXPECT_NE(circumstance.build->find("."), std::string::npos) << "a compiler has a version";
  EXPECT_EQ(circumstance.cpu.value_or("").find_first_of("\n\t"), std::string::npos);
  EXPECT_EQ(circumstance.cpu_features.value_or("").find("  "), std::string::npos);
}

}  // namespace
}  // namespace mf::factory
