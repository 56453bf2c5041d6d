#pragma once
// Rows of a test as a run holds them.

#include "mf/dataset/spilled_rows.hpp"

namespace mf::dataset::testing {

/// `rows`, appended `portion` at a time. They are few, so no file is made.
inline SpilledRows spilled(const Rows& rows, std::size_t portion = 1'000'000) {
  const std::size_t width = rows.feature_names.size();
  SpilledRows spilled("/nowhere", rows, rows.size());
  for (std::size_t begin = 0; begin < rows.size(); begin += portion) {
    Rows some;
    some.feature_names = rows.feature_names;
    for (const auto& category : rows.categories) some.categories.push_back({category.feature, {}});
    for (const auto& slice : rows.slices) some.slices.push_back({slice.name, {}});
    for (std::size_t i = begin; i < std::min(rows.size(), begin + portion); ++i) {
      some.labels.push_back(rows.labels[i]);
      if (i < rows.keys.size())
        some.keys.append(rows.keys[i]);
      else
        some.keys.append(std::to_string(i));
      some.event_time.push_back(i < rows.event_time.size() ? rows.event_time[i] : 0);
      if (!rows.features.empty()) some.features.insert(some.features.end(), rows.row(i), rows.row(i) + width);
      if (!rows.amounts.empty()) some.amounts.push_back(rows.amounts[i]);
      if (!rows.weights.empty()) some.weights.push_back(rows.weights[i]);
      if (rows.entities.size() > 0) some.entities.append(rows.entities[i]);
      for (std::size_t c = 0; c < rows.categories.size(); ++c)
        some.categories[c].values.append(rows.categories[c].values[i]);
      for (std::size_t s = 0; s < rows.slices.size(); ++s) some.slices[s].values.append(rows.slices[s].values[i]);
    }
    spilled.append(some);
  }
  return spilled;
}

}  // namespace mf::dataset::testing
