#include "metrics/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "metrics/compensated_sum.hpp"
#include "metrics/reasons.hpp"

namespace mf::metrics {
namespace {

constexpr std::size_t kBins = 10;
constexpr double kLeastShare = 1e-4;

// The scores that at least 1/10, 2/10, ... of the rows do not exceed; those that leave a bin empty are left out.
std::vector<float> deciles(const std::vector<float>& falling) {
  std::vector<float> edges;
  for (std::size_t q = 1; q < kBins; ++q) {
    const std::size_t rows = (q * falling.size() + kBins - 1) / kBins;
    const float edge = falling[falling.size() - rows];
    if (edge < falling.front() && (edges.empty() || edge > edges.back())) edges.push_back(edge);
  }
  return edges;
}

std::vector<double> shares_of(const std::vector<std::int64_t>& rows) {
  const auto all = std::accumulate(rows.begin(), rows.end(), std::int64_t{0});
  std::vector<double> shares;
  for (const std::int64_t count : rows) shares.push_back(ratio(count, all));
  return shares;
}

std::size_t bin_of(float score, const std::vector<float>& edges) {
  return static_cast<std::size_t>(std::ranges::lower_bound(edges, score) - edges.begin());
}

double stability_index(const std::vector<double>& shares, const std::vector<double>& reference) {
  CompensatedSum sum;
  for (std::size_t bin = 0; bin < shares.size(); ++bin) {
    const double now = std::max(shares[bin], kLeastShare), then = std::max(reference[bin], kLeastShare);
    sum.add((now - then) * std::log(now / then));
  }
  return sum.value();
}

}  // namespace

ScoreDistribution score_distribution(const RankedPart& part) {
  if (part.rows() == 0) return {};
  const auto edges = deciles(part.scores);
  std::vector<std::int64_t> rows(edges.size() + 1);
  for (const float score : part.scores) ++rows[bin_of(score, edges)];
  return {edges, shares_of(rows)};
}

StabilityIndex::StabilityIndex(std::string part, const ScoreDistribution& reference)
    : part_(std::move(part)), reference_(reference), rows_(reference.shares.size()), bin_(reference.edges.size()) {}

void StabilityIndex::take(const Piece& piece) {
  if (rows_.empty()) return;
  for (const Tie& tie : piece.ties) {
    while (bin_ > 0 && tie.score <= reference_.edges[bin_ - 1]) --bin_;
    rows_[bin_] += tie.rows();
  }
}

void StabilityIndex::tell(Figures& figures) {
  auto& figure = figures["psi_from_" + part_];
  if (std::accumulate(rows_.begin(), rows_.end(), std::int64_t{0}) == 0) {
    figure = undefined(rows_.empty() ? "no rows in the part it is compared with" : kNoRows);
  } else if (rows_.size() == 1) {
    figure = undefined("all rows of the part it is compared with have one score");
  } else {
    figure = defined(stability_index(shares_of(rows_), reference_.shares));
  }
}

}  // namespace mf::metrics
