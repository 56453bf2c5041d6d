#pragma once
// Some features of rows, by name, in an order of their own: what a model takes that was trained on other columns.
//
// Room: dataset.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mf/dataset/batch_source.hpp"

namespace mf::dataset {

/// `of` lives as long as this, and is read by this alone. Memory: a batch.
class ChosenFeatures : public BatchSource {
 public:
  /// Throws DATA_INVALID when `of` lacks one of `names`.
  ChosenFeatures(BatchSource& of, std::vector<std::string> names);

  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return names_; }
  [[nodiscard]] std::size_t row_count() const override { return of_.row_count(); }
  [[nodiscard]] std::vector<std::size_t> categories() const override;
  std::optional<RowBatch> next() override;
  void rewind() override { of_.rewind(); }

 private:
  BatchSource& of_;
  std::vector<std::string> names_;
  std::vector<std::size_t> columns_;  // where each of names_ is in `of_`
  std::vector<float> features_;
};

}  // namespace mf::dataset
