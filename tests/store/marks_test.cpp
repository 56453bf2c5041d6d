#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "mf/store/artifact_store.hpp"
#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

namespace fs = std::filesystem;

/// A folder with files that have lain there for a while.
class MarksTest : public ::testing::Test {
 protected:
  MarksTest() {
    folder_.write("a/b/one", "1");
    folder_.write("a/b/two", "2");
    settle();
  }

  /// Waits until what was changed is long enough ago to be marked.
  static void settle() { std::this_thread::sleep_for(std::chrono::milliseconds(2300)); }

  [[nodiscard]] std::vector<Mark> marks() const { return store_->marks({"a/b/one", "a/b/two", "a/b"}); }

  testing::TemporaryFolder folder_;
  std::unique_ptr<ArtifactStore> store_ = open_filesystem(folder_.path());
};

TEST_F(MarksTest, StayTheSameWhileNothingChanges) {
  const auto before = marks();
  for (const auto& mark : before) EXPECT_TRUE(mark && !mark->empty());
  EXPECT_NE(before[0], before[1]);
  EXPECT_EQ(marks(), before);
  EXPECT_EQ(store_->marks({"a/b"})[0], before[2]);
  EXPECT_EQ(open_filesystem(folder_.path())->marks({"a/b/two"})[0], before[1]);
}

TEST_F(MarksTest, AreNotGivenForWhatChangedAMomentAgo) {
  const auto before = marks();
  folder_.write("a/b/one", "other");
  store_->put_if_absent("a/b/three", "3");
  const auto now = marks();
  EXPECT_EQ(now[0], std::nullopt);
  EXPECT_EQ(now[1], before[1]);
  EXPECT_EQ(now[2], std::nullopt);
  settle();
  for (const std::size_t changed : {0U, 2U}) {
    EXPECT_TRUE(marks()[changed]);
    EXPECT_NE(marks()[changed], before[changed]);
  }
}

TEST_F(MarksTest, ChangeWithWhatIsTakenAwayOrExchanged) {
  const auto before = marks();
  fs::rename(folder_.path("a/b/two"), folder_.path("a/b/one"));
  settle();
  const auto now = marks();
  EXPECT_NE(now[0], before[0]);
  EXPECT_EQ(now[1], "");
  EXPECT_NE(now[2], before[2]);
}

TEST_F(MarksTest, SayWhatIsNotThereAndKeepSilentAboutWhatIsOdd) {
  fs::create_symlink("one", folder_.path("a/b/link"));
  fs::create_symlink("/", folder_.path("out"));
  EXPECT_EQ(store_->marks({"a/b/none", "none/x", "a/b/link", "out/etc", "../x", "a/b/one/x"}),
            (std::vector<Mark>{"", "", {}, {}, {}, {}}));
}

TEST(StorePlace, IsTheSameFromEverywhere) {
  const testing::TemporaryFolder folder;
  fs::create_directories(folder.path("s"));
  fs::create_symlink("s", folder.path("t"));
  EXPECT_EQ(open_filesystem(folder.path("t/../s"))->place(), open_filesystem(folder.path("t"))->place());
  EXPECT_TRUE(fs::path(open_filesystem(folder.path("s"))->place()).is_absolute());
}

}  // namespace
}  // namespace mf::store
