#include "mf/store/projection.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ProjectionTest : public ::testing::Test {
 protected:
  ProjectionTest() : root_(folder_.path("runs/one")), projection_(root_.string()) {}

  testing::TemporaryFolder folder_;
  fs::path root_;
  Projection projection_;
};

TEST_F(ProjectionTest, MakesItsFoldersAndReplacesFilesAsAWhole) {
  ASSERT_EQ(projection_.open(), 0);
  EXPECT_EQ(projection_.put("a/b.json", "one"), 0);
  EXPECT_EQ(projection_.put("a/b.json", "two"), 0);
  EXPECT_EQ(text_of(root_ / "a/b.json"), "two");
}

TEST_F(ProjectionTest, LeavesAFileAloneThatHoldsTheBytesAlready) {
  ASSERT_EQ(projection_.open(), 0);
  ASSERT_EQ(projection_.put("a.json", "one"), 0);
  const auto then = fs::file_time_type(std::chrono::seconds(1));
  fs::last_write_time(root_ / "a.json", then);
  EXPECT_EQ(projection_.put("a.json", "one"), 0);
  EXPECT_EQ(fs::last_write_time(root_ / "a.json"), then);
}

TEST_F(ProjectionTest, TakesAwayWhatAKilledProcessLeft) {
  ASSERT_EQ(projection_.open(), 0);
  ASSERT_EQ(projection_.put("a.json", "one"), 0);
  std::ofstream(root_ / "a.json.mf-part") << "hal";
  EXPECT_EQ(projection_.put("a.json", "one"), 0);
  EXPECT_FALSE(fs::exists(root_ / "a.json.mf-part"));
}

TEST_F(ProjectionTest, PutsAFileUnderEachNameThatIsFree) {
  ASSERT_EQ(projection_.open(), 0);
  ASSERT_EQ(projection_.put("marks/1", "mine"), 0);
  EXPECT_EQ(projection_.put_each("marks", {"1", "2", "3"}, "mark"), 0);
  EXPECT_EQ(text_of(root_ / "marks/1"), "mine");
  EXPECT_EQ(text_of(root_ / "marks/3"), "mark");
  EXPECT_FALSE(fs::exists(root_ / "marks.mf-part"));
}

TEST_F(ProjectionTest, SaysWhyItCannotWrite) {
  fs::create_directories(root_.parent_path());
  std::ofstream(root_.string()) << "a file";
  EXPECT_NE(projection_.open(), 0);
  EXPECT_EQ(replace_file(folder_.path("none/a.json"), "one"), ENOENT);
}

TEST_F(ProjectionTest, HoldsOnlyTheSameBytes) {
  ASSERT_EQ(projection_.open(), 0);
  ASSERT_EQ(projection_.put("a.json", "one"), 0);
  const std::string path = (root_ / "a.json").string();
  EXPECT_TRUE(holds(path, "one"));
  EXPECT_FALSE(holds(path, "two"));
  EXPECT_FALSE(holds(path, "on"));
  EXPECT_FALSE(holds(root_.string(), ""));
}

}  // namespace
}  // namespace mf::store
