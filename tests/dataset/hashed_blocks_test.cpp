#include "dataset/hashed_blocks.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mf/error.hpp"
#include "support/text_source.hpp"

namespace mf::dataset {
namespace {

using test_support::TextSource;

std::string numbered_bytes(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>('a' + i * i % 23);
  return bytes;
}

class BrokenSource : public store::Source {
 public:
  std::size_t read(std::span<char>) override { throw Error(Code::STORE_UNAVAILABLE, "the disk is gone"); }
};

TEST(HashedBlocks, PutsTheCarryBeforeTheNextBytes) {
  TextSource source("abcdefgh");
  HashedBlocks blocks(source, 3);
  EXPECT_EQ(blocks.next({}), "abc");
  EXPECT_EQ(blocks.next("bc"), "bcdef");
  EXPECT_EQ(blocks.next(""), "gh");
  EXPECT_EQ(blocks.next("h"), "h");
}

TEST(HashedBlocks, FillsItsBlockFromASourceThatGivesOneByteATime) {
  TextSource source("abcdefgh", 1);
  HashedBlocks blocks(source, 5);
  EXPECT_EQ(blocks.next({}), "abcde");
}

TEST(HashedBlocks, HashesEachByteOnceWhateverWasCarried) {
  const std::string bytes = numbered_bytes(10'000);
  for (const std::size_t block : {1U, 7U, 64U, 9'999U, 10'000U, 20'000U}) {
    TextSource source(bytes);
    HashedBlocks blocks(source, block);
    const auto first = blocks.next({});
    blocks.next(first.substr(first.size() / 2));
    const auto found = blocks.finish();
    EXPECT_EQ(found.sha256, identity::sha256(bytes)) << block;
    EXPECT_EQ(found.bytes, 10'000) << block;
  }
}

TEST(HashedBlocks, KnowsTheEmptyFile) {
  TextSource source("");
  HashedBlocks blocks(source);
  const auto found = blocks.finish();
  EXPECT_EQ(found.sha256, identity::sha256(""));
  EXPECT_EQ(found.bytes, 0);
}

TEST(HashedBlocks, EndsCleanlyWhenNobodyAsksForTheDigest) {
  TextSource source(numbered_bytes(100'000));
  HashedBlocks blocks(source, 1'000);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(blocks.next({}).size(), 1'000U);
}

TEST(HashedBlocks, PassesOnThatTheStoreIsGone) {
  BrokenSource source;
  HashedBlocks blocks(source);
  EXPECT_THROW(blocks.next({}), Error);
}

}  // namespace
}  // namespace mf::dataset
