#include "engine/row_batches.hpp"

#include <algorithm>
#include <cmath>

#include "mf/error.hpp"

namespace mf::engine {

std::optional<dataset::RowBatch> RowBatches::next() {
  const std::size_t begin = end_;
  end_ = std::min(wanted_.size(), begin + batch_rows_);
  if (begin == end_) return {};
  const auto chosen = std::span(wanted_).subspan(begin, end_ - begin);
  const std::size_t columns = rows_.feature_names.size();
  features_.resize(chosen.size() * columns);
  labels_.resize(chosen.size());
  if (!rows_.weights.empty()) weights_.resize(chosen.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::copy_n(rows_.row(chosen[i]), columns, features_.data() + i * columns);
    labels_[i] = static_cast<float>(rows_.labels[chosen[i]]);
    if (!rows_.weights.empty()) weights_[i] = static_cast<float>(rows_.weights[chosen[i]]);
  }
  return dataset::RowBatch{chosen, features_, labels_, weights_};
}

namespace {

void require_finite(const dataset::RowBatch& batch, const std::vector<std::string>& feature_names) {
  const auto found = std::ranges::find_if(batch.features, [](float value) { return std::isinf(value); });
  if (found == batch.features.end()) return;
  const auto place = static_cast<std::size_t>(found - batch.features.begin());
  const std::size_t columns = feature_names.size();
  throw Error(Code::ENGINE_FAILED,
              "feature " + feature_names[place % columns] + " is infinite in row " +
                  std::to_string(batch.rows[place / columns]),
              {{"expected", "a finite number, or no value where it is missing"}}, "Correct the value in the data.");
}

void require_code(float value, std::size_t categories, const std::string& name, std::size_t row) {
  if (std::isnan(value)) return;
  if (value >= 0 && value < static_cast<float>(categories) && value == std::floor(value)) return;
  throw Error(Code::ENGINE_FAILED,
              "feature " + name + " has a value in row " + std::to_string(row) + " that is no code of its categories",
              {{"expected", "a whole number from 0 to " + std::to_string(categories - 1)}});
}

}  // namespace

void require_usable(const dataset::RowBatch& batch, const dataset::BatchSource& source) {
  require_finite(batch, source.feature_names());
  const auto categories = source.categories();
  for (std::size_t j = 0; j < categories.size(); ++j)
    for (std::size_t i = 0; categories[j] != 0 && i < batch.rows.size(); ++i)
      require_code(batch.features[i * categories.size() + j], categories[j], source.feature_names()[j], batch.rows[i]);
}

}  // namespace mf::engine
