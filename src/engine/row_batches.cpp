#include "engine/row_batches.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "mf/error.hpp"

namespace mf::engine {

bool RowBatches::next() {
  begin_ = end_;
  end_ = std::min(wanted_.size(), begin_ + batch_rows_);
  const std::size_t columns = rows_.feature_names.size();
  features_.resize(size() * columns);
  for (std::size_t i = 0; i < size(); ++i) {
    std::copy_n(rows_.row(wanted_[begin_ + i]), columns, features_.data() + i * columns);
  }
  require_finite();
  return size() > 0;
}

void RowBatches::require_finite() const {
  const auto found = std::ranges::find_if(features_, [](float value) { return std::isinf(value); });
  if (found == features_.end()) return;
  const auto place = static_cast<std::size_t>(found - features_.begin());
  const std::size_t columns = rows_.feature_names.size();
  const std::size_t row = wanted_[begin_ + place / columns];
  throw Error(Code::ENGINE_FAILED,
              "feature " + rows_.feature_names[place % columns] + " is infinite in row " + std::to_string(row),
              {{"expected", "a finite number, or no value where it is missing"}}, "Correct the value in the data.");
}

std::string RowBatches::features_interface() const {
  const auto address = reinterpret_cast<std::uintptr_t>(features_.data());
  return R"({"data": [)" + std::to_string(address) + R"(, true], "shape": [)" + std::to_string(size()) + ", " +
         std::to_string(rows_.feature_names.size()) + R"(], "typestr": "<f4", "version": 3})";
}

std::vector<float> RowBatches::labels() const {
  std::vector<float> labels(size());
  for (std::size_t i = 0; i < size(); ++i) labels[i] = static_cast<float>(rows_.labels[wanted_[begin_ + i]]);
  return labels;
}

std::vector<float> RowBatches::weights() const {
  if (rows_.weights.empty()) return {};
  std::vector<float> weights(size());
  for (std::size_t i = 0; i < size(); ++i) weights[i] = static_cast<float>(rows_.weights[wanted_[begin_ + i]]);
  return weights;
}

}  // namespace mf::engine
