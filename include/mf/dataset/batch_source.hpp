#pragma once
// Rows that are read again and again, a batch at a time: what training takes in.
//
// Room: dataset.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mf::dataset {

/// Some rows, one element for each of `rows` (each row of features: one float for each feature; NaN is missing).
struct RowBatch {
  std::span<const std::size_t> rows;  ///< their numbers in the dataset, ascending
  std::span<const float> features;    ///< row-major
  std::span<const float> labels;      ///< 1 fraud, 0 legitimate
  std::span<const float> weights;     ///< empty when the dataset has none
};

/// The same rows in the same order on every pass, however they are cut into batches.
class BatchSource {
 public:
  virtual ~BatchSource() = default;

  [[nodiscard]] virtual const std::vector<std::string>& feature_names() const = 0;
  [[nodiscard]] virtual std::size_t row_count() const = 0;

  /// For each feature how many categories it has, 0 for a number. The values of a category are the codes 0, 1, ... as
  /// floats, NaN for a missing or unknown one.
  [[nodiscard]] virtual std::vector<std::size_t> categories() const {
    return std::vector<std::size_t>(feature_names().size(), 0);
  }

  /// The next rows, at least one, or nothing at the end. They stay valid until the next call of next or rewind.
  virtual std::optional<RowBatch> next() = 0;

  /// Goes back to before the first batch.
  virtual void rewind() = 0;
};

}  // namespace mf::dataset
