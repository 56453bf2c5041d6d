#include "mf/store/local_cache.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

namespace fs = std::filesystem;

class LocalCacheTest : public ::testing::Test {
 protected:
  [[nodiscard]] fs::perms permissions(const std::string& below) const {
    return fs::status(folder_.path(below)).permissions();
  }

  testing::TemporaryFolder folder_;
  LocalCache cache_{folder_.path("a/b")};
};

TEST_F(LocalCacheTest, GivesBackWhatWasWrittenLast) {
  EXPECT_EQ(cache_.read("x"), std::nullopt);
  for (const std::string& bytes :
       {std::string("one"), std::string(), std::string(100000, 'x'), std::string("\0\n", 2)}) {
    cache_.write("x", bytes);
    EXPECT_EQ(cache_.read("x"), bytes);
  }
  EXPECT_EQ(cache_.read("y"), std::nullopt);
}

TEST_F(LocalCacheTest, IsForItsUserAlone) {
  cache_.write("x", "one");
  EXPECT_EQ(permissions("a/b"), fs::perms::owner_all);
  EXPECT_EQ(permissions("a/b/x"), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(LocalCacheTest, LeavesNothingElseBehind) {
  folder_.write("a/b/x.new", "left by a process that died, and longer");
  cache_.write("x", "one");
  EXPECT_EQ(cache_.read("x"), "one");
  EXPECT_FALSE(fs::exists(folder_.path("a/b/x.new")));
}

TEST_F(LocalCacheTest, IsWholeWhileManyWrite) {
  std::vector<std::jthread> writers;
  for (const char letter : {'a', 'b', 'c', 'd'})
    writers.emplace_back([this, letter] {
      for (int i = 0; i < 200; ++i) cache_.write("x", std::string(5000, letter));
    });
  for (int i = 0; i < 200; ++i) {
    const auto bytes = cache_.read("x").value_or(std::string(5000, 'a'));
    ASSERT_EQ(bytes, std::string(5000, bytes.empty() ? '?' : bytes[0]));
  }
}

TEST_F(LocalCacheTest, DoesWithoutWhatItCannotUse) {
  fs::create_directories(folder_.path("a/b/folder"));
  fs::create_symlink(folder_.path("elsewhere"), folder_.path("a/b/link"));
  folder_.write("elsewhere", "of somebody else");
  for (const char* name : {"folder", "link"}) EXPECT_EQ(cache_.read(name), std::nullopt) << name;
  folder_.write("file", "");
  const LocalCache below_a_file(folder_.path("file/b"));
  below_a_file.write("x", "one");
  EXPECT_EQ(below_a_file.read("x"), std::nullopt);
}

TEST(LocalCachePlace, IsWhereTheEnvironmentSays) {
  const testing::TemporaryFolder folder;
  setenv("XDG_CACHE_HOME", folder.path("x").c_str(), 1);
  open_local_cache().value().write("n", "one");
  EXPECT_EQ(folder.read("x/mf/n"), "one");
  setenv("XDG_CACHE_HOME", "relative", 1);
  setenv("HOME", folder.path("h").c_str(), 1);
  open_local_cache().value().write("n", "two");
  EXPECT_EQ(folder.read("h/.cache/mf/n"), "two");
  setenv("HOME", "", 1);
  EXPECT_FALSE(open_local_cache());
}

}  // namespace
}  // namespace mf::store
