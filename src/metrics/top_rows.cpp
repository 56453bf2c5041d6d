#include "metrics/top_rows.hpp"

#include <algorithm>
#include <utility>

namespace mf::metrics {
namespace {

// The label is part of the pair so that even keys that repeat give one answer.
using KeyAndLabel = std::pair<std::string_view, std::uint8_t>;

std::vector<KeyAndLabel> rows_scored(const ScoredPart& part, float score) {
  const std::uint32_t image = image_of(score);
  std::vector<KeyAndLabel> found;
  for (std::size_t row = 0; row < part.scores.size(); ++row) {
    if (image_of(part.scores[row]) == image) found.emplace_back(part.keys[row], part.labels[row]);
  }
  return found;
}

std::int64_t frauds_among_first_keys(std::vector<KeyAndLabel> rows, std::int64_t count) {
  const auto boundary = rows.begin() + count;
  std::nth_element(rows.begin(), boundary, rows.end());
  return std::count_if(rows.begin(), boundary, [](const KeyAndLabel& row) { return row.second != 0; });
}

std::int64_t frauds_among_first(const ScoredPart& part, const TiedRows& tied, std::int64_t count) {
  if (count == tied.rows()) return tied.positives;
  if (tied.positives == 0) return 0;
  if (tied.negatives == 0) return count;
  return frauds_among_first_keys(rows_scored(part, tied.score), count);
}

}  // namespace

TopRows top_rows(const ScoredPart& part, const Ranking& ranking, std::int64_t k) {
  TopRows top;
  Descent descent(ranking);
  while (top.rows < k) {
    const auto tied = descent.next();
    if (!tied) break;
    const std::int64_t taken = std::min(k - top.rows, tied->rows());
    top.rows += taken;
    top.frauds += frauds_among_first(part, *tied, taken);
    top.lowest_score = tied->score;
  }
  return top;
}

}  // namespace mf::metrics
