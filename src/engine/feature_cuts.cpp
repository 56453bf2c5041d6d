#include "engine/feature_cuts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "engine/row_batches.hpp"
#include "mf/dataset/on_threads.hpp"
#include "mf/dataset/value_order.hpp"

namespace mf::engine {
namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

/// A value; along with it the place of its weight.
using Image = dataset::ValueImage;
using dataset::companion_of, dataset::image_of, dataset::value_of;

/// The different values of `sorted`, or nothing when there are more than `most`.
std::vector<float> few_values(const std::vector<Image>& sorted, std::size_t most) {
  std::vector<float> values;
  for (const Image image : sorted) {
    if (!values.empty() && value_of(image) == values.back()) continue;
    if (values.size() == most) return {};
    values.push_back(value_of(image));
  }
  return values;
}

/// One feature at a time: its values, then its cuts.
class Cutter {
 public:
  Cutter(std::size_t bins, const std::vector<float>& weights) : bins_(bins), weights_(weights) {}

  /// At most bins + 1 values, ascending.
  std::vector<float> cuts_of(std::vector<Image>& images) {
    if (images.empty()) return {};
    dataset::sort_by_value(images, spare_);
    auto values = few_values(images, bins_ + 1);
    return values.empty() ? quantiles_of(images) : values;
  }

 private:
  [[nodiscard]] double weight_of(Image image) const {
    return weights_.empty() ? 1 : static_cast<double>(weights_[companion_of(image)]);
  }

  /// The k-th cut is the first value with k / bins of the weight before it, or in it.
  [[nodiscard]] std::vector<float> quantiles_of(const std::vector<Image>& sorted) const {
    double total = 0, before = 0;
    for (const Image image : sorted) total += weight_of(image);
    std::vector<float> values{value_of(sorted.front())};
    std::size_t next = 1;
    for (const Image image : sorted) {
      before += weight_of(image);
      for (; next < bins_ && before * static_cast<double>(bins_) > total * static_cast<double>(next); ++next)
        if (value_of(image) != values.back()) values.push_back(value_of(image));
    }
    if (value_of(sorted.back()) != values.back()) values.push_back(value_of(sorted.back()));
    return values;
  }

  std::size_t bins_;
  const std::vector<float>& weights_;
  std::vector<Image> spare_;
};

/// Which of the `count` features from `first` on are numbers, counted from there.
std::vector<std::size_t> numbers_among(const std::vector<std::size_t>& categories, std::size_t first,
                                       std::size_t count) {
  std::vector<std::size_t> numbers;
  for (std::size_t j = 0; j < count; ++j)
    if (categories[first + j] == 0) numbers.push_back(j);
  return numbers;
}

/// Reads the features from `first` on, as many as `columns` has room for; those of categories stay empty.
std::vector<float> read_group(dataset::BatchSource& source, std::size_t first,
                              std::vector<std::vector<Image>>& columns) {
  const std::size_t width = source.feature_names().size();
  const auto numbers = numbers_among(source.categories(), first, columns.size());
  std::vector<float> weights;
  std::size_t position = 0;
  for (auto& column : columns) column.clear();
  source.rewind();
  while (const auto batch = source.next()) {
    if (first == 0) require_usable(*batch, source);
    weights.insert(weights.end(), batch->weights.begin(), batch->weights.end());
    for (std::size_t i = 0; i < batch->rows.size(); ++i, ++position) {
      if (!weights.empty() && weights[position] == 0) continue;
      const float* row = batch->features.data() + i * width + first;
      for (const std::size_t j : numbers)
        if (!std::isnan(row[j])) columns[j].push_back(image_of(row[j], static_cast<std::uint32_t>(position)));
    }
  }
  return weights;
}

}  // namespace

std::vector<float> cut_rows(dataset::BatchSource& source, std::size_t bins, int threads, std::size_t group_bytes) {
  const std::size_t width = source.feature_names().size();
  const std::size_t room = group_bytes / (2 * sizeof(Image) * std::max<std::size_t>(1, source.row_count()));
  const std::size_t group = std::clamp<std::size_t>(room, 1, std::max<std::size_t>(1, width));
  std::vector<float> rows((bins + 1) * width, kNothing);
  for (std::size_t first = 0; first < width; first += group) {
    std::vector<std::vector<Image>> columns(std::min(group, width - first));
    for (auto& column : columns) column.reserve(source.row_count());
    const auto weights = read_group(source, first, columns);
    std::vector<Cutter> cutters(dataset::worker_count(threads, columns.size()), Cutter(bins, weights));
    dataset::on_threads(threads, columns.size(), [&](std::size_t j, std::size_t worker) {
      const auto values = cutters[worker].cuts_of(columns[j]);
      for (std::size_t k = 0; k < values.size(); ++k) rows[k * width + first + j] = values[k];
    });
  }
  // XGBoost gives each category from 0 to the highest one its own bin.
  const auto categories = source.categories();
  for (std::size_t j = 0; j < width; ++j)
    if (categories[j] != 0) rows[j] = static_cast<float>(categories[j] - 1);
  return rows;
}

}  // namespace mf::engine
