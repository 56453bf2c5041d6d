#include "mf/dataset/spilled_batches.hpp"

#include <algorithm>

#include "mf/dataset/categories.hpp"

namespace mf::dataset {

SpilledBatches::SpilledBatches(const SpilledRows& rows, const Split& split, Part part, const Categories* categories,
                               std::size_t block_bytes)
    : rows_(rows),
      split_(split),
      part_(part),
      categories_(categories),
      row_count_(static_cast<std::size_t>(std::count(split.part.begin(), split.part.end(), part))),
      block_rows_(std::max<std::size_t>(1, block_bytes / (rows.feature_names().size() * sizeof(float)))) {}

std::vector<std::size_t> SpilledBatches::categories() const {
  const std::size_t width = rows_.feature_names().size();
  return categories_ == nullptr ? std::vector<std::size_t>(width) : categories_->counts(width);
}

std::optional<RowBatch> SpilledBatches::next() {
  choose();
  if (chosen_.empty()) return {};
  gather();
  return RowBatch{chosen_, features_, labels_, weights_};
}

void SpilledBatches::choose() {
  chosen_.clear();
  for (; end_ < split_.part.size() && chosen_.size() < block_rows_; ++end_)
    if (split_.part[end_] == part_) chosen_.push_back(end_);
}

void SpilledBatches::gather() {
  const std::size_t columns = rows_.feature_names().size();
  const auto& facts = rows_.facts();
  features_.resize(chosen_.size() * columns);
  labels_.resize(chosen_.size());
  weights_.resize(is_weighted() ? chosen_.size() : 0);
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    float* const into = features_.data() + i * columns;
    std::copy_n(row(chosen_[i]), columns, into);
    if (categories_ != nullptr) categories_->recode(into);
    labels_[i] = static_cast<float>(facts.labels[chosen_[i]]);
    if (is_weighted()) weights_[i] = weight_of(chosen_[i]);
  }
}

bool SpilledBatches::is_weighted() const {
  return !rows_.facts().weights.empty() || (part_ == Part::train && split_.sampled);
}

/// Its own, times what sampling made of it.
float SpilledBatches::weight_of(std::size_t number) const {
  const auto& facts = rows_.facts();
  const double own = facts.weights.empty() ? 1 : static_cast<double>(facts.weights[number]);
  const bool counts_for_others = part_ == Part::train && split_.sampled && facts.labels[number] == 0;
  return static_cast<float>(counts_for_others ? own * split_.sampled->weight : own);
}

/// Reads a block ahead: rows of a part are mostly neighbours.
const float* SpilledBatches::row(std::size_t number) {
  const std::size_t columns = rows_.feature_names().size();
  if (number < window_first_ || number >= window_first_ + window_rows_) {
    window_first_ = number;
    window_rows_ = std::min(block_rows_, rows_.size() - number);
    window_.resize(window_rows_ * columns);
    rows_.read_features(window_first_, window_);
  }
  return window_.data() + (number - window_first_) * columns;
}

}  // namespace mf::dataset
