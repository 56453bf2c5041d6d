#include "mf/dataset/feature_spill.hpp"

#include <algorithm>

namespace mf::dataset {

FeatureSpill::FeatureSpill(const std::string& folder, std::size_t columns) : file_(folder), columns_(columns) {}

void FeatureSpill::append(std::span<const float> rows) {
  file_.append({reinterpret_cast<const char*>(rows.data()), rows.size_bytes()});
}

void FeatureSpill::read(std::size_t first, std::span<float> room) const {
  file_.read(first * columns_ * sizeof(float), {reinterpret_cast<char*>(room.data()), room.size_bytes()});
}

SpilledBatches::SpilledBatches(const FeatureSpill& spill, const Rows& rows, const std::vector<std::size_t>& wanted,
                               std::size_t block_bytes)
    : spill_(spill),
      rows_(rows),
      wanted_(wanted),
      block_rows_(std::max<std::size_t>(1, block_bytes / (spill.columns() * sizeof(float)))) {}

std::optional<RowBatch> SpilledBatches::next() {
  const std::size_t begin = end_;
  end_ = std::min(wanted_.size(), begin + block_rows_);
  if (begin == end_) return {};
  const auto chosen = std::span(wanted_).subspan(begin, end_ - begin);
  gather(chosen);
  return RowBatch{chosen, features_, labels_, weights_};
}

void SpilledBatches::gather(std::span<const std::size_t> chosen) {
  const std::size_t columns = spill_.columns();
  features_.resize(chosen.size() * columns);
  labels_.resize(chosen.size());
  if (!rows_.weights.empty()) weights_.resize(chosen.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::copy_n(row(chosen[i]), columns, features_.data() + i * columns);
    labels_[i] = static_cast<float>(rows_.labels[chosen[i]]);
    if (!rows_.weights.empty()) weights_[i] = static_cast<float>(rows_.weights[chosen[i]]);
  }
}

/// Reads a block ahead: chosen rows are mostly neighbours.
const float* SpilledBatches::row(std::size_t number) {
  const std::size_t columns = spill_.columns();
  if (number < window_first_ || number >= window_first_ + window_rows_) {
    window_first_ = number;
    window_rows_ = std::min(block_rows_, spill_.rows() - number);
    window_.resize(window_rows_ * columns);
    spill_.read(window_first_, window_);
  }
  return window_.data() + (number - window_first_) * columns;
}

}  // namespace mf::dataset
