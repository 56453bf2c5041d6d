#include "mf/store/scratch_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "mf/error.hpp"
#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

class Scratch : public ::testing::Test {
 protected:
  [[nodiscard]] std::string bytes_at(std::uint64_t offset, std::size_t size) const {
    std::string bytes(size, '?');
    file_.read(offset, bytes);
    return bytes;
  }

  testing::TemporaryFolder folder_;
  ScratchFile file_{folder_.path("")};
};

TEST_F(Scratch, GivesBackWhatWasAppended) {
  file_.append("one");
  file_.append("");
  file_.append(std::string(300'000, 'x') + "end");
  EXPECT_EQ(file_.size(), 300'006U);
  EXPECT_EQ(bytes_at(0, 4), "onex");
  EXPECT_EQ(bytes_at(300'002, 4), "xend");
  EXPECT_EQ(bytes_at(300'006, 0), "");
}

TEST_F(Scratch, HasNoName) {
  file_.append("one");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path("")));
}

TEST_F(Scratch, RefusesToReadPastItsEnd) {
  file_.append("one");
  EXPECT_THROW(bytes_at(1, 3), Error);
}

TEST_F(Scratch, StaysUsableWhenItMoves) {
  file_.append("one");
  ScratchFile moved = std::move(file_);
  std::string bytes(3, '?');
  moved.read(0, bytes);
  EXPECT_EQ(bytes, "one");
}

TEST(ScratchWithoutFolder, IsRefused) { EXPECT_THROW(ScratchFile("/nowhere/at/all"), Error); }

}  // namespace
}  // namespace mf::store
