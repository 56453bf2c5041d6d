#pragma once
// Rows with a feature of categories, of which some are fraud, and a feature that is a number.

#include <string>
#include <vector>

#include "engine/row_batches.hpp"
#include "mf/engine/booster.hpp"
#include "synthetic_rows.hpp"

namespace mf::engine::testing {

/// Whether rows of this category are mostly fraud. Their codes tell nothing by their order.
inline bool is_bad(std::size_t category) { return category * 7 % 5 < 2; }

/// `count` rows of features kind (a category, every tenth missing) and size (a number).
inline dataset::Rows category_rows(std::size_t count, std::size_t categories) {
  std::mt19937 generator(11);
  dataset::Rows rows;
  rows.feature_names = {"kind", "size"};
  for (std::size_t i = 0; i < count; ++i) {
    const auto kind = static_cast<std::size_t>(uniform(generator) * static_cast<float>(categories));
    const bool missing = uniform(generator) < 0.1F;
    rows.features.push_back(missing ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(kind));
    rows.features.push_back(uniform(generator));
    const float chance = missing ? 0.5F : is_bad(kind) ? 0.9F : 0.1F;
    rows.labels.push_back(uniform(generator) < chance ? 1 : 0);
  }
  return rows;
}

/// Rows whose first feature has `categories` categories.
class CategoryBatches : public RowBatches {
 public:
  CategoryBatches(const dataset::Rows& rows, const Indices& wanted, std::size_t categories,
                  std::size_t batch_rows = kBatchRows)
      : RowBatches(rows, wanted, batch_rows), categories_(categories) {}

  [[nodiscard]] std::vector<std::size_t> categories() const override {
    std::vector<std::size_t> counts(feature_names().size(), 0);
    counts.front() = categories_;
    return counts;
  }

 private:
  std::size_t categories_;
};

inline Fit fit_categories(const dataset::Rows& rows, std::size_t categories, const contracts::TrainingProfile& profile,
                          int threads = 1, std::size_t batch_rows = kBatchRows) {
  const Indices all = range(0, rows.size());
  CategoryBatches train(rows, all, categories, batch_rows), validation(rows, all, categories, batch_rows);
  return fit({train, validation}, profile, {.seed = 1, .threads = threads});
}

inline std::string model_with_categories(std::size_t categories = 12) {
  return fit_categories(category_rows(2000, categories), categories, profile(2)).model;
}

}  // namespace mf::engine::testing
