#include "metrics/descent.hpp"

#include <algorithm>

namespace mf::metrics {
namespace {

constexpr std::size_t kRowsOfPiece = 2048;

}  // namespace

Piece Descent::next() {
  rows_.clear();
  while (rows_.empty() && row_ < part_.rows()) count_rows(end_of_tie(std::min(row_ + kRowsOfPiece, part_.rows())));
  part_into_ties();
  return {ties_, rows_};
}

std::size_t Descent::end_of_tie(std::size_t end) const {
  while (end < part_.rows() && part_.scores[end] == part_.scores[end - 1]) ++end;
  return end;
}

// Without a branch that hangs on the draw: a third of the rows is in no resample, and which cannot be foreseen.
void Descent::count_rows(std::size_t end) {
  rows_.resize(end - row_);
  std::size_t counted = 0;
  for (; row_ < end; ++row_) {
    rows_[counted] = {static_cast<std::uint32_t>(row_), sample_.times_of(row_)};
    counted += rows_[counted].times != 0 ? 1 : 0;
  }
  rows_.resize(counted);
}

void Descent::part_into_ties() {
  ties_.clear();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto [row, times] = rows_[i];
    const float score = part_.scores[row];
    if (ties_.empty() || score != ties_.back().score) ties_.push_back({score});
    Tie& tie = ties_.back();
    (part_.labels[row] != 0 ? tie.positives : tie.negatives) += times;
    tie.end = i + 1;
  }
}

}  // namespace mf::metrics
