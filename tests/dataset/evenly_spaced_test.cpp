#include "mf/dataset/evenly_spaced.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace mf::dataset {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// `count` rows of two features: the row's number, and minus that; numbered from `first` on.
class Counted : public BatchSource {
 public:
  Counted(std::size_t count, std::size_t batch_rows, std::size_t first = 0)
      : count_(count), batch_rows_(batch_rows), first_(first) {}

  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return names_; }
  [[nodiscard]] std::size_t row_count() const override { return count_; }
  [[nodiscard]] std::vector<std::size_t> categories() const override { return {0, 5}; }
  std::optional<RowBatch> next() override {
    if (end_ == count_) return {};
    const std::size_t begin = std::exchange(end_, std::min(count_, end_ + batch_rows_));
    rows_.resize(end_ - begin);
    std::iota(rows_.begin(), rows_.end(), first_ + begin);
    features_.clear();
    for (const std::size_t row : rows_) features_.insert(features_.end(), {static_cast<float>(row), -1.0F});
    labels_.assign(rows_.size(), 1);
    return RowBatch{rows_, features_, labels_, {}};
  }
  void rewind() override { end_ = 0; }

 private:
  std::vector<std::string> names_{"number", "minus"};
  std::size_t count_, batch_rows_, first_, end_ = 0;
  std::vector<std::size_t> rows_;
  std::vector<float> features_, labels_;
};

std::vector<std::size_t> rows_of(BatchSource& source) {
  std::vector<std::size_t> rows;
  while (const auto batch = source.next()) {
    EXPECT_FALSE(batch->rows.empty());
    for (std::size_t i = 0; i < batch->rows.size(); ++i) {
      EXPECT_EQ(batch->features[i * 2], static_cast<float>(batch->rows[i]));
      EXPECT_EQ(batch->features[i * 2 + 1], -1);
    }
    rows.insert(rows.end(), batch->rows.begin(), batch->rows.end());
  }
  return rows;
}

TEST(EvenlySpacedPlaces, BeginWithTheFirstAndAreAsFarApartAsCanBe) {
  EXPECT_THAT(evenly_spaced(10, 5), ElementsAre(0, 2, 4, 6, 8));
  EXPECT_THAT(evenly_spaced(10, 4), ElementsAre(0, 2, 5, 7));
  EXPECT_THAT(evenly_spaced(10, 1), ElementsAre(0));
}

TEST(EvenlySpacedPlaces, AreAllWhereThereAreNoMore) {
  EXPECT_THAT(evenly_spaced(3, 3), ElementsAre(0, 1, 2));
  EXPECT_THAT(evenly_spaced(3, 9), ElementsAre(0, 1, 2));
  EXPECT_THAT(evenly_spaced(0, 9), IsEmpty());
  EXPECT_THAT(evenly_spaced(3, 0), IsEmpty());
}

TEST(EvenlySpacedRows, AreTheSameHoweverTheSourceCutsItsBatches) {
  for (const std::size_t batch_rows : {1U, 3U, 7U, 100U}) {
    Counted all(20, batch_rows, 1000);
    EvenlySpaced some(all, 6);
    EXPECT_EQ(some.row_count(), 6U);
    EXPECT_THAT(rows_of(some), ElementsAre(1000, 1003, 1006, 1010, 1013, 1016)) << batch_rows;
  }
}

TEST(EvenlySpacedRows, ComeInBlocksAndAgainAfterRewinding) {
  Counted all(3 * EvenlySpaced::kBlockRows + 5, EvenlySpaced::kBlockRows - 1);
  EvenlySpaced some(all, all.row_count());
  EXPECT_EQ(some.next()->rows.size(), EvenlySpaced::kBlockRows);
  some.rewind();
  const auto rows = rows_of(some);
  EXPECT_EQ(rows.size(), all.row_count());
  EXPECT_EQ(rows.back(), all.row_count() - 1);
  EXPECT_FALSE(some.next());
}

TEST(EvenlySpacedRows, OfAnotherSourceStartAtItsBeginning) {
  Counted all(10, 4);
  static_cast<void>(all.next());
  EvenlySpaced some(all, 2);
  EXPECT_THAT(rows_of(some), ElementsAre(0, 5));
}

TEST(EvenlySpacedRows, MayBeThinnedAgain) {
  Counted all(100, 9);
  EvenlySpaced some(all, 10);
  EvenlySpaced few(some, 3);
  EXPECT_THAT(rows_of(few), ElementsAre(0, 30, 60));
}

TEST(EvenlySpacedRows, OfNoneAreNone) {
  Counted all(0, 4);
  EvenlySpaced some(all, 2);
  EXPECT_FALSE(some.next());
}

TEST(EvenlySpacedRows, HaveTheCategoriesOfTheirSource) {
  Counted all(10, 4);
  EXPECT_THAT(EvenlySpaced(all, 2).categories(), ElementsAre(0, 5));
}

}  // namespace
}  // namespace mf::dataset
