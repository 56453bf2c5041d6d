#include "mf/store/scratch_store.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "mf/store/scratch_file.hpp"
#include "support/failures.hpp"
#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

class ScratchStoreTest : public ::testing::Test {
 protected:
  testing::TemporaryFolder folder_;
  std::unique_ptr<ArtifactStore> store_ = open_scratch(folder_.path(""));
};

TEST_F(ScratchStoreTest, HasNoNameInItsFolder) {
  store_->put_if_absent("a/b", std::string(ScratchFile::kKeptInMemory + 1, 'x'));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path("")));
}

TEST_F(ScratchStoreTest, IsReadOnWhenTheStoreIsGone) {
  store_->put_if_absent("a", "one");
  store_->put_if_absent("b", "two");
  const auto source = store_->open("b");
  store_.reset();
  std::array<char, 8> room{};
  ASSERT_EQ(source->read(room), 3U);
  EXPECT_EQ(std::string(room.data(), 3), "two");
  EXPECT_EQ(source->read(room), 0U);
}

TEST_F(ScratchStoreTest, TellsTheSameBytesFromOthersOfTheirSize) {
  const std::string large(5'000'000, 'x');
  std::string other = large;
  other.back() = 'y';
  store_->put_if_absent("a", large);
  EXPECT_EQ(store_->put_if_absent("a", large), ArtifactStore::Put::identical);
  EXPECT_EQ(store_->put_if_absent("a", other), ArtifactStore::Put::conflict);
  EXPECT_EQ(store_->find("a", large.size()), large);
}

TEST_F(ScratchStoreTest, TakesWhatHasNoRoomInMemory) {
  const std::string large(ScratchFile::kKeptInMemory + 7, 'x');
  const auto bytes = access_to(large);
  EXPECT_EQ(store_->copy_if_absent("a", *bytes), ArtifactStore::Put::created);
  EXPECT_EQ(store_->copy_if_absent("a", *bytes), ArtifactStore::Put::identical);
  EXPECT_EQ(store_->copy_if_absent("a", *access_to("x")), ArtifactStore::Put::conflict);
  EXPECT_EQ(store_->size_of("a"), large.size());
}

TEST_F(ScratchStoreTest, KeepsNothingOfWhatItHadNoRoomFor) {
  store_ = open_scratch("/nowhere/at/all");
  EXPECT_CODE(store_->put_if_absent("a", std::string(ScratchFile::kKeptInMemory + 1, 'x')), Code::STORE_UNAVAILABLE);
  EXPECT_EQ(store_->size_of("a"), std::nullopt);
}

}  // namespace
}  // namespace mf::store
