#pragma once
// The rows of one part, batch by batch, from disk.
//
// Room: dataset.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mf/dataset/batch_source.hpp"
#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"

namespace mf::dataset {

class Categories;

/// Rows, split, categories and this live together. Memory: two blocks of kBlockBytes, or of one row where that is more.
class SpilledBatches : public BatchSource {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{2} << 20;

  /// The rows of `part`; their labels are known. Categories are codes, or without `categories` numbers of texts. They
  /// have weights if the dataset has any, and in a train part that was sampled.
  SpilledBatches(const SpilledRows& rows, const Split& split, Part part, const Categories* categories = nullptr,
                 std::size_t block_bytes = kBlockBytes);

  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return rows_.feature_names(); }
  [[nodiscard]] std::size_t row_count() const override { return row_count_; }
  [[nodiscard]] std::vector<std::size_t> categories() const override;
  std::optional<RowBatch> next() override;
  void rewind() override { end_ = 0; }

 private:
  void choose();
  void gather();
  [[nodiscard]] bool is_weighted() const;
  [[nodiscard]] float weight_of(std::size_t number) const;
  const float* row(std::size_t number);

  const SpilledRows& rows_;
  const Split& split_;
  Part part_;
  const Categories* categories_;
  std::size_t row_count_;
  std::size_t block_rows_;
  std::size_t end_ = 0;  // no row before this one is still to come
  std::size_t window_first_ = 0, window_rows_ = 0;
  std::vector<std::size_t> chosen_;
  std::vector<float> window_, features_, labels_, weights_;
};

}  // namespace mf::dataset
