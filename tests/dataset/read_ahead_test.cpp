#include "dataset/read_ahead.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace mf::dataset {
namespace {

/// Counts to `last`.
std::function<std::unique_ptr<int>()> counting_to(int last, std::atomic<int>& made) {
  return [&made, last] { return made < last ? std::make_unique<int>(++made) : nullptr; };
}

TEST(ReadAhead, GivesAllItemsInOrderAndThenNone) {
  std::atomic<int> made = 0;
  ReadAhead<int> ahead(counting_to(1'000, made));
  for (int i = 1; i <= 1'000; ++i) ASSERT_EQ(*ahead.next(), i);
  EXPECT_EQ(ahead.next(), nullptr);
  EXPECT_EQ(ahead.next(), nullptr);
}

TEST(ReadAhead, HoldsOneItemThatWasNotAskedFor) {
  std::atomic<int> made = 0;
  ReadAhead<int> ahead(counting_to(1'000, made));
  for (int i = 1; i <= 20; ++i) {
    EXPECT_LE(made, i);
    ASSERT_EQ(*ahead.next(), i);
  }
}

TEST(ReadAhead, TellsAFailureInItsPlace) {
  int made = 0;
  ReadAhead<int> ahead([&] {
    if (made == 2) throw std::runtime_error("no more");
    return std::make_unique<int>(++made);
  });
  EXPECT_EQ(*ahead.next(), 1);
  EXPECT_EQ(*ahead.next(), 2);
  EXPECT_THROW(ahead.next(), std::runtime_error);
}

TEST(ReadAhead, MayBeLeftAtAnyTime) {
  for (int taken = 0; taken < 100; ++taken) {
    std::atomic<int> made = 0;
    ReadAhead<int> ahead(counting_to(50, made));
    for (int i = 0; i < taken % 60; ++i) ahead.next();
  }
}

}  // namespace
}  // namespace mf::dataset
