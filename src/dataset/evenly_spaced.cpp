#include "mf/dataset/evenly_spaced.hpp"

#include <algorithm>

namespace mf::dataset {

std::vector<std::size_t> evenly_spaced(std::size_t count, std::size_t most) {
  std::vector<std::size_t> places(std::min(count, most));
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i * count / places.size();
  return places;
}

std::optional<RowBatch> EvenlySpaced::next() {
  rows_.clear();
  features_.clear();
  while (taken_ < places_.size() && rows_.size() < kBlockRows) {
    if (!batch_ && !(batch_ = all_.next())) break;
    take(*batch_);
    if (rows_.size() == kBlockRows) break;
    passed_ += batch_->rows.size();
    batch_.reset();
  }
  if (rows_.empty()) return {};
  return RowBatch{rows_, features_, {}, {}};
}

/// Takes what is wanted of `batch` until there is enough.
void EvenlySpaced::take(const RowBatch& batch) {
  const std::size_t columns = feature_names().size();
  for (; taken_ < places_.size() && rows_.size() < kBlockRows; ++taken_) {
    const std::size_t place = places_[taken_] - passed_;
    if (place >= batch.rows.size()) return;
    rows_.push_back(batch.rows[place]);
    const auto row = batch.features.subspan(place * columns, columns);
    features_.insert(features_.end(), row.begin(), row.end());
  }
}

void EvenlySpaced::rewind() {
  all_.rewind();
  taken_ = passed_ = 0;
  batch_.reset();
}

}  // namespace mf::dataset
