#include "mf/identity/uuid.hpp"

#include <gtest/gtest.h>

namespace mf::identity {
namespace {

TEST(UuidOfUrl, IsVersionFiveOfTheName) {
  // uuid.uuid5(uuid.NAMESPACE_URL, ...) of Python
  EXPECT_EQ(uuid_of_url("http://python.org/"), "4c565f0d-3f5a-5890-b41b-20cf47701c5e");
  EXPECT_EQ(uuid_of_url(""), "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
}

TEST(UuidOfUrl, DiffersByName) { EXPECT_NE(uuid_of_url("a"), uuid_of_url("b")); }

}  // namespace
}  // namespace mf::identity
