#pragma once
// Chosen rows in memory, gathered a batch at a time into one dense block of floats.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mf/dataset/batch_source.hpp"
#include "mf/dataset/rows.hpp"

namespace mf::engine {

/// Rows in a batch. XGBoost takes the values of a feature one after the other, so another size is the same model.
constexpr std::size_t kBatchRows = 16'384;

/// Walks through `wanted` (indices into `rows`, which both must outlive this) in batches of at most `batch_rows`.
class RowBatches : public dataset::BatchSource {
 public:
  RowBatches(const dataset::Rows& rows, const std::vector<std::size_t>& wanted, std::size_t batch_rows = kBatchRows)
      : rows_(rows), wanted_(wanted), batch_rows_(batch_rows) {}

  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return rows_.feature_names; }
  [[nodiscard]] std::size_t row_count() const override { return wanted_.size(); }
  std::optional<dataset::RowBatch> next() override;
  void rewind() override { end_ = 0; }

 private:
  const dataset::Rows& rows_;
  const std::vector<std::size_t>& wanted_;
  std::size_t batch_rows_;
  std::size_t end_ = 0;
  std::vector<float> features_, labels_, weights_;
};

/// Throws ENGINE_FAILED on a value in a batch of `source` that is infinite (XGBoost would take it in some of its ways
/// in, and refuse it in others), or no code of its feature's categories.
void require_usable(const dataset::RowBatch& batch, const dataset::BatchSource& source);

}  // namespace mf::engine
