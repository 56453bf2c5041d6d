#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <tuple>

#include "mf/store/artifact_store.hpp"
#include "support/failures.hpp"
#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

namespace fs = std::filesystem;
using Put = ArtifactStore::Put;

/// A store in a folder of its own, and a folder beside it that nothing in the store may reach.
class FilesystemStore : public ::testing::Test {
 protected:
  FilesystemStore() {
    fs::create_directories(root());
    folder_.write("outside/secret.json", "secret");
    store_ = open_filesystem(root());
  }

  [[nodiscard]] std::string root() const { return folder_.path("root"); }
  [[nodiscard]] std::string outside() const { return folder_.path("outside"); }
  [[nodiscard]] std::string in_root(const std::string& below) const { return root() + "/" + below; }
  ArtifactStore& store() { return *store_; }
  testing::TemporaryFolder& folder() { return folder_; }

  /// Everything below the root, as relative paths.
  [[nodiscard]] std::vector<std::string> everything() const {
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(root()))
      if (!entry.is_directory()) paths.push_back(fs::relative(entry.path(), root()).string());
    std::sort(paths.begin(), paths.end());
    return paths;
  }

 private:
  testing::TemporaryFolder folder_;
  std::unique_ptr<ArtifactStore> store_;
};

TEST_F(FilesystemStore, KeepsAKeyAsThePlainFileOfThatPath) {
  store().put_if_absent("a/b.json", "{}\n");
  EXPECT_EQ(folder().read("root/a/b.json"), "{}\n");
}

TEST_F(FilesystemStore, LeavesNothingBesideTheArtifact) {
  store().put_if_absent("a/b", "one");
  store().put_if_absent("a/b", "one");
  store().put_if_absent("a/b", "two");
  EXPECT_EQ(everything(), std::vector<std::string>{"a/b"});
}

TEST_F(FilesystemStore, KeepsArtifactsForOneStoreAndTheNext) {
  store().put_if_absent("a", "one");
  EXPECT_EQ(open_filesystem(root())->find("a"), "one");
}

TEST_F(FilesystemStore, SeesThatAnOpenFileWasWrittenTo) {
  store().put_if_absent("a", "0123456789");
  const auto bytes = store().open_random("a");
  EXPECT_TRUE(bytes->unchanged());
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // more than a tick of the kernel's clock for files
  std::fstream(root() + "/a", std::ios::in | std::ios::out) << "X";
  EXPECT_FALSE(bytes->unchanged());
}

TEST_F(FilesystemStore, DescribesItselfByItsRoot) { EXPECT_EQ(store().describe(), root()); }

TEST_F(FilesystemStore, WorksBelowALinkedRoot) {
  fs::create_directory_symlink(root(), folder().path("link"));
  const auto linked = open_filesystem(folder().path("link"));
  EXPECT_EQ(linked->put_if_absent("a/b", "one"), Put::created);
  EXPECT_EQ(store().find("a/b"), "one");
}

TEST_F(FilesystemStore, FollowsLinksThatStayInside) {
  store().put_if_absent("real/a", "one");
  fs::create_directory_symlink("real", in_root("alias"));
  EXPECT_EQ(store().find("alias/a"), "one");
  EXPECT_EQ(store().put_if_absent("alias/b", "two"), Put::created);
  EXPECT_EQ(store().find("real/b"), "two");
}

TEST_F(FilesystemStore, RefusesLinksThatLeadOut) {
  fs::create_directory_symlink(outside(), in_root("absolute"));
  fs::create_directory_symlink("../outside", in_root("relative"));
  fs::create_symlink(outside() + "/secret.json", in_root("file.json"));
  for (const char* key : {"absolute/secret.json", "relative/secret.json", "file.json"}) {
    SCOPED_TRACE(key);
    EXPECT_CODE(std::ignore = store().find(key), Code::REF_OUTSIDE_ROOT);
    EXPECT_CODE(std::ignore = store().open(key), Code::REF_OUTSIDE_ROOT);
    EXPECT_CODE(store().put_if_absent(key, "x"), Code::REF_OUTSIDE_ROOT);
  }
  EXPECT_CODE(store().put_if_absent("absolute/new/file", "x"), Code::REF_OUTSIDE_ROOT);
  EXPECT_CODE(std::ignore = store().list("absolute"), Code::REF_OUTSIDE_ROOT);
  EXPECT_EQ(folder().read("outside/secret.json"), "secret");
  EXPECT_EQ(std::distance(fs::directory_iterator(outside()), fs::directory_iterator()), 1);
}

TEST_F(FilesystemStore, RefusesLinksThatGoInCircles) {
  fs::create_symlink("loop", in_root("loop"));
  EXPECT_CODE(std::ignore = store().find("loop"), Code::REF_OUTSIDE_ROOT);
}

TEST_F(FilesystemStore, NeverWritesThroughADanglingLink) {
  fs::create_symlink("nowhere", in_root("dangling"));
  EXPECT_EQ(store().find("dangling"), std::nullopt);
  EXPECT_EQ(store().put_if_absent("dangling", "x"), Put::conflict);
  EXPECT_FALSE(fs::exists(in_root("nowhere")));
}

TEST_F(FilesystemStore, RefusesAPipeWithoutWaitingForIt) {
  ASSERT_EQ(mkfifo(in_root("pipe").c_str(), 0600), 0);
  EXPECT_CODE(std::ignore = store().find("pipe"), Code::ARTIFACT_CONFLICT);
  EXPECT_CODE(std::ignore = store().open("pipe"), Code::ARTIFACT_CONFLICT);
  EXPECT_CODE(store().put_if_absent("pipe", "x"), Code::ARTIFACT_CONFLICT);
}

TEST_F(FilesystemStore, RefusesASocket) {
  const int socket_fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(in_root("socket").size(), sizeof address.sun_path);
  in_root("socket").copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
  ASSERT_EQ(bind(socket_fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_CODE(std::ignore = store().find("socket"), Code::ARTIFACT_CONFLICT);
  close(socket_fd);
}

TEST_F(FilesystemStore, RefusesAFolderUnderAKey) {
  store().put_if_absent("a/b", "x");
  EXPECT_CODE(std::ignore = store().find("a"), Code::ARTIFACT_CONFLICT);
  EXPECT_CODE(store().put_if_absent("a", "x"), Code::ARTIFACT_CONFLICT);
}

TEST_F(FilesystemStore, RefusesAKeyBelowAFile) {
  store().put_if_absent("a", "x");
  EXPECT_CODE(store().put_if_absent("a/b", "y"), Code::ARTIFACT_CONFLICT);
}

TEST_F(FilesystemStore, FindsNothingBelowAFile) {
  store().put_if_absent("a", "x");
  EXPECT_EQ(store().find("a/b"), std::nullopt);
  EXPECT_EQ(store().open("a/b"), nullptr);
}

TEST_F(FilesystemStore, TakesAwayWhatADeadWriterLeft) {
  folder().write("root/.mf-tmp/123-0", "half");
  store().put_if_absent("r/a", "x");
  EXPECT_EQ(everything(), std::vector<std::string>{"r/a"});
}

TEST_F(FilesystemStore, LeavesAloneWhatALivingWriterHasInHand) {
  folder().write("root/.mf-tmp/123-0", "half");
  const int writer = ::open(in_root(".mf-tmp/123-0").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(flock(writer, LOCK_EX), 0);
  store().put_if_absent("r/a", "x");
  EXPECT_EQ(everything(), (std::vector<std::string>{".mf-tmp/123-0", "r/a"}));
  close(writer);
}

TEST_F(FilesystemStore, LooksForLeftoversWithoutMakingAPlaceForThem) {
  store().put_if_absent("r/a", "x");
  EXPECT_FALSE(fs::exists(in_root(".mf-tmp")));
}

/// Acts without root's rights while it lives; root may write anywhere.
class Unprivileged {
 public:
  Unprivileged() {
    if (geteuid() == 0) dropped_ = seteuid(65534) == 0;
  }
  ~Unprivileged() {
    if (dropped_ && seteuid(0) != 0) std::abort();  // no later test would mean what it says
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;

 private:
  bool dropped_ = false;
};

TEST_F(FilesystemStore, MayNotWriteWhereItIsNotPermitted) {
  store().put_if_absent("a/b", "x");
  fs::permissions(in_root("a"),
                  fs::perms::all & ~fs::perms::owner_write & ~fs::perms::group_write & ~fs::perms::others_write);
  {
    const Unprivileged now;
    if (geteuid() == 0) GTEST_SKIP() << "root cannot be turned away, and this sandbox lets nobody become another user";
    EXPECT_CODE(store().put_if_absent("a/c", "x"), Code::STORE_NOT_PERMITTED);
    EXPECT_CODE(store().put_if_absent("a/d/e", "x"), Code::STORE_NOT_PERMITTED);
    EXPECT_EQ(store().find("a/b"), "x");
  }
  fs::permissions(in_root("a"), fs::perms::owner_all);
  EXPECT_EQ(everything(), std::vector<std::string>{"a/b"});
}

TEST_F(FilesystemStore, NamesWhatLiesBesideAFolderThatMayNotBeOpened) {
  store().put_if_absent("a/b", "x");
  fs::create_directories(in_root("a/closed/deeper"));
  fs::permissions(in_root("a/closed"), fs::perms::none);
  {
    const Unprivileged now;
    EXPECT_EQ(store().names_in("a"), (std::vector<std::string>{"b", "closed"}));
  }
  fs::permissions(in_root("a/closed"), fs::perms::owner_all);
}

TEST_F(FilesystemStore, MayNotReadWhereItIsNotPermitted) {
  store().put_if_absent("a/b", "x");
  fs::permissions(in_root("a/b"), fs::perms::none);
  {
    const Unprivileged now;
    if (geteuid() == 0) GTEST_SKIP() << "root cannot be turned away, and this sandbox lets nobody become another user";
    EXPECT_CODE(std::ignore = store().find("a/b"), Code::STORE_NOT_PERMITTED);
  }
}

TEST(OpenFilesystem, NeedsAFolderThatExists) {
  const testing::TemporaryFolder folder;
  folder.write("file", "x");
  EXPECT_CODE(open_filesystem(folder.path("missing")), Code::STORE_UNAVAILABLE);
  EXPECT_CODE(open_filesystem(folder.path("file")), Code::STORE_UNAVAILABLE);
  EXPECT_FALSE(fs::exists(folder.path("missing")));
}

TEST(OpenFilesystem, TellsALockedRootFromAMissingOne) {
  const testing::TemporaryFolder folder;
  fs::create_directory(folder.path("locked"));
  fs::permissions(folder.path("locked"), fs::perms::none);
  const Unprivileged now;
  if (geteuid() == 0) GTEST_SKIP() << "root cannot be turned away, and this sandbox lets nobody become another user";
  EXPECT_CODE(open_filesystem(folder.path("locked")), Code::STORE_NOT_PERMITTED);
}

TEST(OpenFilesystem, MakesNothingUntilSomethingIsPut) {
  const testing::TemporaryFolder folder;
  const auto store = open_filesystem(folder.path());
  std::ignore = store->find("a/b");
  std::ignore = store->list("a");
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace mf::store
