#include "cli/find_profile.hpp"

#include <gtest/gtest.h>

#include "mf/error.hpp"

namespace mf::cli {
namespace {

TEST(FindProfile, TakesTheOptionFirst) { EXPECT_EQ(find_profile("a.yaml", "b.yaml", true), "a.yaml"); }

TEST(FindProfile, TakesTheEnvironmentBeforeTheCurrentFolder) { EXPECT_EQ(find_profile("", "b.yaml", true), "b.yaml"); }

TEST(FindProfile, TakesMfYamlOfTheCurrentFolderLast) {
  EXPECT_EQ(find_profile("", nullptr, true), "mf.yaml");
  EXPECT_EQ(find_profile("", "", true), "mf.yaml") << "an empty variable is not set";
}

TEST(FindProfile, NeverGuesses) {
  try {
    find_profile("", nullptr, false);
    FAIL() << "a profile was found";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::PROFILE_MISSING);
  }
}

}  // namespace
}  // namespace mf::cli
