#include "mf/store/artifact_store.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <tuple>
#include <vector>

#include "mf/store/scratch_store.hpp"
#include "store/in_a_bucket.hpp"
#include "support/failures.hpp"
#include "support/temporary_folder.hpp"

namespace mf::store {
namespace {

using Put = ArtifactStore::Put;

struct InAFolder {
  testing::TemporaryFolder folder;
  std::unique_ptr<ArtifactStore> store = open_filesystem(folder.path());
};

struct InMemory {
  std::unique_ptr<ArtifactStore> store = open_memory();
};

struct InAScratchFile {
  testing::TemporaryFolder folder;
  std::unique_ptr<ArtifactStore> store = open_scratch(folder.path());
};

/// What every store promises, whatever it is kept in.
template <class Kept>
class AnyStore : public ::testing::Test {
 protected:
  ArtifactStore& store() { return *kept_.store; }

  static std::string drained(Source& source, std::size_t piece) {
    std::string bytes;
    std::vector<char> room(piece);
    while (const std::size_t size = source.read(room)) bytes.append(room.data(), size);
    EXPECT_EQ(source.read(room), 0U);
    return bytes;
  }

 private:
  Kept kept_;
};

using Stores = ::testing::Types<InAFolder, InMemory, InABucket, InAScratchFile>;
TYPED_TEST_SUITE(AnyStore, Stores);

TYPED_TEST(AnyStore, CreatesWhatIsAbsent) {
  EXPECT_EQ(this->store().put_if_absent("a/b/c.json", "{}"), Put::created);
  EXPECT_EQ(this->store().find("a/b/c.json"), "{}");
}

TYPED_TEST(AnyStore, TellsTheSizeOfWhatIsThere) {
  this->store().put_if_absent("a/b", "three");
  this->store().put_if_absent("a/empty", "");
  EXPECT_EQ(this->store().size_of("a/b"), 5U);
  EXPECT_EQ(this->store().size_of("a/empty"), 0U);
  EXPECT_EQ(this->store().size_of("a/c"), std::nullopt);
  EXPECT_CODE(this->store().size_of("../a/b"), Code::REF_INVALID);
}

TYPED_TEST(AnyStore, GivesBytesFromAnywhere) {
  this->store().put_if_absent("a", "0123456789");
  const auto bytes = this->store().open_random("a");
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->size(), 10U);
  std::array<char, 4> room{};
  EXPECT_EQ(bytes->read_at(3, room), 4U);
  EXPECT_EQ(std::string(room.data(), 4), "3456");
  EXPECT_EQ(bytes->read_at(8, room), 2U);
  EXPECT_EQ(std::string(room.data(), 2), "89");
  EXPECT_EQ(bytes->read_at(10, room), 0U);
  EXPECT_EQ(bytes->read_at(1'000, room), 0U);
  EXPECT_TRUE(bytes->unchanged());
  EXPECT_FALSE(this->store().open_random("b"));
  EXPECT_CODE(this->store().open_random("../a"), Code::REF_INVALID);
}

TYPED_TEST(AnyStore, TakesTheSameBytesAgain) {
  this->store().put_if_absent("a", "one");
  EXPECT_EQ(this->store().put_if_absent("a", "one"), Put::identical);
}

TYPED_TEST(AnyStore, LetsTheFirstBytesStand) {
  this->store().put_if_absent("a", "one");
  for (const char* other : {"two", "", "on", "onee"}) EXPECT_EQ(this->store().put_if_absent("a", other), Put::conflict);
  EXPECT_EQ(this->store().find("a"), "one");
}

TYPED_TEST(AnyStore, KeepsBytesAsTheyAre) {
  std::string bytes("\0\r\n\xFF", 4);
  for (int i = 0; i < 20; ++i) bytes += bytes;  // 4 MiB
  EXPECT_EQ(this->store().put_if_absent("big.bin", bytes), Put::created);
  EXPECT_EQ(this->store().find("big.bin", ArtifactStore::kArtifactLimit), bytes);
  EXPECT_EQ(this->store().put_if_absent("big.bin", bytes), Put::identical);
}

TYPED_TEST(AnyStore, KeepsEmptyArtifacts) {
  EXPECT_EQ(this->store().put_if_absent("empty", ""), Put::created);
  EXPECT_EQ(this->store().put_if_absent("empty", ""), Put::identical);
  EXPECT_EQ(this->store().find("empty"), "");
}

TYPED_TEST(AnyStore, FindsNothingWhereNothingIs) {
  EXPECT_EQ(this->store().find("a/b"), std::nullopt);
  EXPECT_EQ(this->store().open("a/b"), nullptr);
  EXPECT_TRUE(this->store().list("a").empty());
}

TYPED_TEST(AnyStore, RefusesMoreThanTheReaderAllows) {
  this->store().put_if_absent("a", "12345");
  EXPECT_EQ(this->store().find("a", 5), "12345");
  EXPECT_CODE(std::ignore = this->store().find("a", 4), Code::DOCUMENT_INVALID);
  this->store().put_if_absent("b", std::string(ArtifactStore::kDocumentLimit + 1, 'x'));
  EXPECT_CODE(std::ignore = this->store().find("b"), Code::DOCUMENT_INVALID);
}

TYPED_TEST(AnyStore, StreamsFromFrontToBack) {
  const std::string bytes = "the quick brown fox";
  this->store().put_if_absent("a", bytes);
  for (const std::size_t piece : {1U, 7U, 100U}) {
    const auto source = this->store().open("a");
    ASSERT_NE(source, nullptr);
    EXPECT_EQ(this->drained(*source, piece), bytes);
  }
}

TYPED_TEST(AnyStore, ListsAFolderInByteOrder) {
  for (const char* key : {"r/b", "r/a/2", "r/a/10", "r/B", "r/a.x", "rx", "q/z"}) this->store().put_if_absent(key, key);
  EXPECT_EQ(this->store().list("r"), (std::vector<std::string>{"r/B", "r/a.x", "r/a/10", "r/a/2", "r/b"}));
  EXPECT_EQ(this->store().list("r/a"), (std::vector<std::string>{"r/a/10", "r/a/2"}));
}

TYPED_TEST(AnyStore, NamesWhatLiesRightInAFolder) {
  for (const char* key : {"r/b", "r/a/2", "r/a/10", "r/B", "r/a.x", "rx", "q/z"}) this->store().put_if_absent(key, key);
  EXPECT_EQ(this->store().names_in("r"), (std::vector<std::string>{"B", "a", "a.x", "b"}));
  EXPECT_EQ(this->store().names_in("r/a"), (std::vector<std::string>{"10", "2"}));
  EXPECT_EQ(this->store().names_in("none"), std::vector<std::string>{});
}

TYPED_TEST(AnyStore, RefusesKeysThatAreNoPlainPaths) {
  const std::vector<std::string> refused = {"",
                                            "/a",
                                            "a/",
                                            "a//b",
                                            ".",
                                            "..",
                                            "a/../b",
                                            "../a",
                                            "a/./b",
                                            "a b",
                                            "a\\b",
                                            "a*",
                                            "a\n",
                                            "r\xC3\xA9",
                                            "a%2f",
                                            "~",
                                            "a?b",
                                            std::string("a\0b", 3),
                                            std::string(241, 'x'),
                                            std::string(1025, 'x'),
                                            "a/" + std::string(241, 'x')};
  for (const auto& key : refused) {
    SCOPED_TRACE(key.substr(0, 40));
    EXPECT_CODE(this->store().put_if_absent(key, "x"), Code::REF_INVALID);
    EXPECT_CODE(std::ignore = this->store().find(key), Code::REF_INVALID);
    EXPECT_CODE(std::ignore = this->store().open(key), Code::REF_INVALID);
    EXPECT_CODE(std::ignore = this->store().list(key), Code::REF_INVALID);
  }
}

TYPED_TEST(AnyStore, TakesEveryAllowedCharacterInAKey) {
  const std::string key = "AZaz09_.:@+=-/..x/" + std::string(240, 'k');
  EXPECT_EQ(this->store().put_if_absent(key, "x"), Put::created);
  EXPECT_EQ(this->store().find(key), "x");
}

TYPED_TEST(AnyStore, LetsOneOfTwoRacersWin) {
  for (int round = 0; round < 50; ++round) {
    const std::string key = "race/" + std::to_string(round);
    std::atomic<int> waiting{2};
    std::array<Put, 2> outcomes{};
    const auto race = [&](std::size_t racer) {
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      outcomes[racer] = this->store().put_if_absent(key, racer == 0 ? "zero" : "one");
    };
    std::thread other(race, 1);
    race(0);
    other.join();
    const std::size_t winner = this->store().find(key) == "zero" ? 0 : 1;
    EXPECT_EQ(this->store().find(key), winner == 0 ? "zero" : "one");
    EXPECT_EQ(outcomes[winner], Put::created);
    EXPECT_EQ(outcomes[1 - winner], Put::conflict);
  }
}

TYPED_TEST(AnyStore, LetsAllRacersWithTheSameBytesSucceed) {
  std::vector<std::thread> racers;
  std::atomic<int> conflicts{0};
  for (int i = 0; i < 8; ++i)
    racers.emplace_back([&] {
      for (int n = 0; n < 20; ++n)
        if (this->store().put_if_absent("same/" + std::to_string(n), "bytes") == Put::conflict) ++conflicts;
    });
  for (auto& racer : racers) racer.join();
  EXPECT_EQ(conflicts, 0);
  EXPECT_EQ(this->store().list("same").size(), 20U);
}

TEST(SourceOf, ReadsTheBytesItWasGiven) {
  const auto source = source_of("abc");
  std::array<char, 2> room{};
  EXPECT_EQ(source->read(room), 2U);
  EXPECT_EQ(std::string(room.data(), 2), "ab");
  EXPECT_EQ(source->read(room), 1U);
  EXPECT_EQ(source->read(room), 0U);
}

}  // namespace
}  // namespace mf::store
