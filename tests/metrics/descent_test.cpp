#include "metrics/descent.hpp"

#include <gtest/gtest.h>

#include "metrics/scored_rows.hpp"

namespace mf::metrics {
namespace {

/// 10,000 rows with the score 0.5 between one fraud above and one below; every tenth of them is fraud.
ScoredRows long_tie() {
  std::vector<float> scores(10'002, .5F);
  std::vector<int> labels(10'002, 0);
  for (std::size_t i = 1; i <= 10'000; ++i) labels[i] = i % 10 == 0 ? 1 : 0;
  scores.front() = .9F;
  scores.back() = .1F;
  labels.front() = labels.back() = 1;
  return ScoredRows::of(scores, labels);
}

TEST(Descent, NeverPartsATie) {
  const RankedPart part = long_tie().plain();
  std::vector<Tie> ties;
  Descent descent(part, {});
  for (Piece piece = descent.next(); !piece.rows.empty(); piece = descent.next()) {
    EXPECT_EQ(piece.ties.back().end, piece.rows.size());
    ties.insert(ties.end(), piece.ties.begin(), piece.ties.end());
  }
  ASSERT_EQ(ties.size(), 3U);
  EXPECT_EQ(ties[0].positives, 1);
  EXPECT_EQ(ties[1].rows(), 10'000);
  EXPECT_EQ(ties[1].positives, 1000);
  EXPECT_EQ(ties[2].negatives, 0);
}

TEST(Descent, PassesOverRowsThatAreNotInTheSampleHoweverMany) {
  const RankedPart part = long_tie().plain();
  std::vector<std::uint32_t> clusters(part.rows(), 0);
  clusters.back() = 1;
  const std::vector<std::uint32_t> times{0, 3};
  Descent descent(part, {clusters, times});
  const Piece piece = descent.next();
  ASSERT_EQ(piece.rows.size(), 1U);
  EXPECT_EQ(piece.rows[0].times, 3U);
  EXPECT_EQ(piece.ties[0].positives, 3);
  EXPECT_EQ(descent.next().rows.size(), 0U);
}

}  // namespace
}  // namespace mf::metrics
