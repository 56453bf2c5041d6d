#include "mf/store/scratch_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "mf/error.hpp"
#include "support/failures.hpp"
#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

/// All on disk, a little in memory, all in memory.
class Scratch : public ::testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] std::string bytes_at(std::uint64_t offset, std::size_t size) const {
    std::string bytes(size, '?');
    file_.read(offset, bytes);
    return bytes;
  }

  testing::TemporaryFolder folder_;
  ScratchFile file_{folder_.path(""), GetParam()};
};

TEST_P(Scratch, GivesBackWhatWasAppended) {
  file_.append("one");
  file_.append("");
  file_.append(std::string(300'000, 'x') + "end");
  EXPECT_EQ(file_.size(), 300'006U);
  EXPECT_EQ(bytes_at(0, 4), "onex");
  EXPECT_EQ(bytes_at(300'002, 4), "xend");
  EXPECT_EQ(bytes_at(300'006, 0), "");
}

TEST_P(Scratch, HasNoName) {
  file_.append("one");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path("")));
}

TEST_P(Scratch, RefusesToReadPastItsEnd) {
  file_.append("one");
  EXPECT_THROW(bytes_at(1, 3), Error);
}

TEST_P(Scratch, StaysUsableWhenItMoves) {
  file_.append("one");
  ScratchFile moved = std::move(file_);
  std::string bytes(3, '?');
  moved.read(0, bytes);
  EXPECT_EQ(bytes, "one");
}

TEST_P(Scratch, IsReadHereAndThere) {
  file_.append("012345");
  std::string room(4, '?');
  EXPECT_EQ(file_.read_at(4, room), 2U);
  EXPECT_EQ(room, "45??");
  EXPECT_EQ(file_.read_at(9, room), 0U);
}

INSTANTIATE_TEST_SUITE_P(InMemoryUpTo, Scratch, ::testing::Values(0, 4, 1'000'000));

TEST(ScratchWithoutFolder, IsRefusedWhenItNeedsOne) {
  ScratchFile file("/nowhere/at/all", 3);
  file.append("abc");
  EXPECT_CODE(file.append("d"), Code::STORE_UNAVAILABLE);
}

}  // namespace
}  // namespace mf::store
