#include "mf/metrics/ranked_part.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "metrics/scored_rows.hpp"
#include "mf/error.hpp"

namespace mf::metrics {
namespace {

const ScoredRows kRows({{.5F, 0, "b", 3, 1, 10, "x", .1F},
                        {.5F, 1, "a", 2, 2, 20, "y", .9F},
                        {.9F, 1, "d", 1, 3, 30, "x", .1F},
                        {.1F, 0, "c", 4, 4, 40, "y", .1F}});

TEST(Rank, PutsTheHighestScoreFirstAndTiesByKey) {
  const RankedPart part = kRows.ranked();
  EXPECT_EQ(part.scores, (std::vector<float>{.9F, .5F, .5F, .1F}));
  EXPECT_EQ(part.labels, (std::vector<std::uint8_t>{1, 1, 0, 0}));
  EXPECT_EQ(part.days, (std::vector<std::int32_t>{1, 2, 3, 4}));
  EXPECT_EQ(part.entities, (std::vector<std::uint32_t>{3, 2, 1, 4}));
  EXPECT_EQ(part.amounts, (std::vector<double>{30, 20, 10, 40}));
  EXPECT_EQ(part.slices[0].codes, (std::vector<std::uint32_t>{0, 1, 0, 1}));
}

TEST(Rank, RanksByBaselineScoreTooAndTiesByKey) {
  EXPECT_EQ(kRows.ranked().baseline_order, (std::vector<std::uint32_t>{1, 2, 3, 0})) << "keys a, then b, c, d";
}

TEST(BaselineOf, HasTheSameRowsByTheirBaselineScores) {
  const RankedPart part = baseline_of(kRows.ranked());
  EXPECT_EQ(part.scores, (std::vector<float>{.9F, .1F, .1F, .1F}));
  EXPECT_EQ(part.days, (std::vector<std::int32_t>{2, 3, 4, 1}));
  EXPECT_EQ(part.slices[0].codes, (std::vector<std::uint32_t>{1, 0, 1, 0}));
  EXPECT_TRUE(part.baseline_scores.empty());
}

TEST(BaselineOf, NeedsBaselineScores) { EXPECT_THROW(baseline_of(kRows.plain()), Error); }

TEST(SliceOf, HasTheRowsWithTheValueInTheirOrder) {
  const RankedPart slice = slice_of(kRows.ranked(), 0, 1);
  EXPECT_EQ(slice.days, (std::vector<std::int32_t>{2, 4}));
  EXPECT_EQ(slice.baseline_order, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_TRUE(slice.slices.empty());
}

TEST(SliceOf, KeepsTheOrderOfBaselineScores) {
  std::mt19937 dice(3);
  const auto rows = ScoredRows::random(200, 5, .2, dice);
  for (std::uint32_t code = 0; code < 3; ++code) {
    std::vector<ScoredRow> those;
    for (const ScoredRow& row : rows.rows())
      if (row.group == std::string(1, static_cast<char>('a' + code))) those.push_back(row);
    EXPECT_EQ(slice_of(rows.ranked(), 0, code).baseline_order, ScoredRows(those).ranked().baseline_order);
  }
}

TEST(Rank, RefusesColumnsThatAreNotWhole) {
  const std::string bytes = "ab";
  const std::vector<std::size_t> ends{1, 2};
  const auto refused = [&](auto change) {
    RankedPart part;
    part.scores = {.1F, .2F};
    part.labels = {0, 1};
    part.entity_count = 2;
    change(part);
    EXPECT_THROW(rank(part, {bytes, ends}), Error);
  };
  refused([](RankedPart& part) { part.labels = {1}; });
  refused([](RankedPart& part) { part.labels = {1, 2}; });
  refused([](RankedPart& part) { part.scores = {.1F, .2F, .3F}; });
  refused([](RankedPart& part) { part.scores[0] = std::numeric_limits<float>::quiet_NaN(); });
  refused([](RankedPart& part) { part.baseline_scores = {.1F, std::numeric_limits<float>::quiet_NaN()}; });
  refused([](RankedPart& part) { part.days = {1}; });
  refused([](RankedPart& part) { part.amounts = {1, 2, 3}; });
  refused([](RankedPart& part) { part.entities = {0, 2}; });
  refused([](RankedPart& part) { part.slices = {{"x", {"a"}, {0, 1}}}; });
  refused([](RankedPart& part) { part.scores = {.1F}, part.labels = {1}; });
}

}  // namespace
}  // namespace mf::metrics
