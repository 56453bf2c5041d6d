#pragma once
// Chosen rows, gathered a batch at a time into one dense block of floats.

#include <cstddef>
#include <string>
#include <vector>

#include "mf/dataset/rows.hpp"

namespace mf::engine {

/// Rows in a batch. XGBoost merges the quantile sketches of the batches, so another size is another model: never change
/// it.
constexpr std::size_t kBatchRows = 65'536;

/// Walks through `wanted` (indices into `rows`, which both must outlive this) in batches of at most `batch_rows`.
class RowBatches {
 public:
  RowBatches(const dataset::Rows& rows, const std::vector<std::size_t>& wanted, std::size_t batch_rows = kBatchRows)
      : rows_(rows), wanted_(wanted), batch_rows_(batch_rows) {}

  /// Gathers the next batch; false when there is none. Throws ENGINE_FAILED on an infinite value: XGBoost would take it
  /// here, but its other ways in refuse it.
  bool next();

  /// Goes back to before the first batch.
  void reset() { begin_ = end_ = 0; }

  /// How many rows the batch has.
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }

  /// The features of the batch as an __array_interface__ text; the numbers stay here until next() or reset().
  [[nodiscard]] std::string features_interface() const;

  [[nodiscard]] std::vector<float> labels() const;

  /// Empty when the dataset has no weights.
  [[nodiscard]] std::vector<float> weights() const;

 private:
  void require_finite() const;

  const dataset::Rows& rows_;
  const std::vector<std::size_t>& wanted_;
  std::size_t batch_rows_;
  std::size_t begin_ = 0, end_ = 0;
  std::vector<float> features_;
};

}  // namespace mf::engine
