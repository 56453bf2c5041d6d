#include "mf/dataset/chosen_features.hpp"

#include <algorithm>

#include "mf/error.hpp"

namespace mf::dataset {

ChosenFeatures::ChosenFeatures(BatchSource& of, std::vector<std::string> names) : of_(of), names_(std::move(names)) {
  const auto& all = of_.feature_names();
  for (const auto& name : names_) {
    const auto found = std::ranges::find(all, name);
    if (found == all.end())
      throw Error(Code::DATA_INVALID, "the rows have no feature '" + name + "'", {{"column", name}},
                  "Use a dataset that has every feature of the model.");
    columns_.push_back(static_cast<std::size_t>(found - all.begin()));
  }
}

std::vector<std::size_t> ChosenFeatures::categories() const {
  const auto all = of_.categories();
  std::vector<std::size_t> chosen;
  for (const std::size_t column : columns_) chosen.push_back(all[column]);
  return chosen;
}

std::optional<RowBatch> ChosenFeatures::next() {
  auto batch = of_.next();
  if (!batch) return {};
  const std::size_t width = of_.feature_names().size();
  features_.resize(batch->rows.size() * columns_.size());
  auto into = features_.begin();
  for (std::size_t row = 0; row < batch->rows.size(); ++row)
    for (const std::size_t column : columns_) *into++ = batch->features[row * width + column];
  batch->features = features_;
  return batch;
}

}  // namespace mf::dataset
