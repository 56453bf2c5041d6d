#include "metrics/descent.hpp"

namespace mf::metrics {
namespace {

constexpr std::size_t kRowsOfPiece = 2048;

}  // namespace

Piece Descent::next() {
  ties_.clear();
  rows_.clear();
  for (; row_ < part_.rows(); ++row_) {
    const std::uint32_t times = sample_.times_of(row_);
    if (times == 0) continue;
    const float score = part_.scores[row_];
    if (ties_.empty() || score != ties_.back().score) {
      if (rows_.size() >= kRowsOfPiece) break;
      ties_.push_back({score});
    }
    (part_.labels[row_] != 0 ? ties_.back().positives : ties_.back().negatives) += times;
    rows_.push_back({static_cast<std::uint32_t>(row_), times});
    ties_.back().end = rows_.size();
  }
  return {ties_, rows_};
}

}  // namespace mf::metrics
