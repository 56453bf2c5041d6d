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

TEST(NextCommand, WorksUnderTheSameProfile) {
  EXPECT_EQ(under_same_profile("mf train --run tr_1", "a.yaml"), "mf --profile a.yaml train --run tr_1");
  EXPECT_EQ(under_same_profile("mf train --run tr_1", "a b.yaml"), "mf --profile 'a b.yaml' train --run tr_1");
}

TEST(NextCommand, StaysAsItIsWhereNoProfileWasGivenOrItNamesOne) {
  EXPECT_EQ(under_same_profile("mf train --run tr_1", ""), "mf train --run tr_1");
  EXPECT_EQ(under_same_profile("mf --profile d/mf.yaml run d/r.json", "a.yaml"), "mf --profile d/mf.yaml run d/r.json");
  EXPECT_EQ(under_same_profile("", "a.yaml"), "");
}

}  // namespace
}  // namespace mf::cli
