#include "factory/place.hpp"

#include <gtest/gtest.h>

#include "support/failures.hpp"
#include "support/temporary_folder.hpp"

namespace mf::factory {
namespace {

using Place = contracts::PlatformProfile::Place;

Place in_a_bucket() { return {"s3", "s3://fraud/mf", "http://127.0.0.1:1", "eu-west-1", true}; }

TEST(Place, IsAFolderBesideTheProfile) {
  const testing::TemporaryFolder folder;
  folder.write("store/a", "bytes");
  const Place place{"filesystem", "store", {}, {}, {}};
  EXPECT_EQ(open_store(folder.path("mf.yaml"), place)->find("a"), "bytes");
  EXPECT_EQ(root_of(folder.path("mf.yaml"), place), folder.path("store"));
}

TEST(Place, IsABucketWhereverTheProfileLies) { EXPECT_EQ(root_of("/etc/mf.yaml", in_a_bucket()), "s3://fraud/mf"); }

TEST(Place, FitsItsClass) {
  EXPECT_CODE(open_store("/etc/mf.yaml", {"filesystem", "s3://fraud", "http://h", "r", true}), Code::PROFILE_INVALID);
  EXPECT_CODE(open_store("/etc/mf.yaml", {"s3", "store", {}, {}, {}}), Code::PROFILE_INVALID);
}

TEST(Place, InABucketIsToldWhole) {
  Place place = in_a_bucket();
  place.endpoint.reset();
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", place), Code::PROFILE_INVALID);
  place = in_a_bucket();
  place.region.reset();
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", place), Code::PROFILE_INVALID);
  place = in_a_bucket();
  place.path_style.reset();
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", place), Code::PROFILE_INVALID);
}

TEST(Place, InAFolderHasNothingOfABucket) {
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", {"object_store", "registry", "http://h", {}, {}}),
              Code::PROFILE_INVALID);
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", {"object_store", "registry", {}, "r", {}}), Code::PROFILE_INVALID);
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", {"object_store", "registry", {}, {}, true}), Code::PROFILE_INVALID);
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", {"object_store", "registry", {}, {}, {}, 3}), Code::PROFILE_INVALID);
  EXPECT_CODE(open_registry_root("/etc/mf.yaml", {"object_store", "registry", {}, {}, {}, {}, 3}),
              Code::PROFILE_INVALID);
}

}  // namespace
}  // namespace mf::factory
