#pragma once
// The features of a dataset on disk: the float matrix that is never in memory as a whole.
//
// Room: dataset.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "mf/dataset/batch_source.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/store/scratch_file.hpp"

namespace mf::dataset {

/// Features row after row, as they were parsed, in a scratch file: four bytes a value.
class FeatureSpill {
 public:
  /// For rows of `columns` features, one or more, on the file system of `folder`. Throws as ScratchFile.
  FeatureSpill(const std::string& folder, std::size_t columns);

  /// Appends whole rows. Throws as ScratchFile; the spill is then of no use.
  void append(std::span<const float> rows);

  /// Fills `room`, a multiple of columns() long, with the rows from `first` on, which have been appended. Any thread.
  void read(std::size_t first, std::span<float> room) const;

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t rows() const { return file_.size() / (columns_ * sizeof(float)); }

 private:
  store::ScratchFile file_;
  std::size_t columns_;
};

/// Chosen rows of a spill, with labels and weights from `rows`, whose own features may be empty. All three must
/// outlive this. Memory: two blocks of kBlockBytes, or of one row where that is more.
class SpilledBatches : public BatchSource {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{2} << 20;

  /// `wanted` ascends; its rows have known labels.
  SpilledBatches(const FeatureSpill& spill, const Rows& rows, const std::vector<std::size_t>& wanted,
                 std::size_t block_bytes = kBlockBytes);

  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return rows_.feature_names; }
  [[nodiscard]] std::size_t row_count() const override { return wanted_.size(); }
  std::optional<RowBatch> next() override;
  void rewind() override { end_ = 0; }

 private:
  void gather(std::span<const std::size_t> chosen);
  const float* row(std::size_t number);

  const FeatureSpill& spill_;
  const Rows& rows_;
  const std::vector<std::size_t>& wanted_;
  std::size_t block_rows_;
  std::size_t end_ = 0;
  std::size_t window_first_ = 0, window_rows_ = 0;
  std::vector<float> window_, features_, labels_, weights_;
};

}  // namespace mf::dataset
