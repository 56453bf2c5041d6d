#pragma once
// Some rows instead of all: evenly spaced, so that the same rows always give the same ones, from the first to the last.
//
// Room: dataset.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mf/dataset/batch_source.hpp"

namespace mf::dataset {

/// Of `count` rows, in their order, `most` or all if there are no more: row floor(i * count / most) for i from 0 on.
std::vector<std::size_t> evenly_spaced(std::size_t count, std::size_t most);

/// The rows of another source that evenly_spaced names, without labels and weights. Memory: kBlockRows of them.
class EvenlySpaced : public BatchSource {
 public:
  static constexpr std::size_t kBlockRows = 2048;

  /// `all` must outlive this.
  EvenlySpaced(BatchSource& all, std::size_t most) : all_(all), places_(evenly_spaced(all.row_count(), most)) {
    all_.rewind();
  }

  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return all_.feature_names(); }
  [[nodiscard]] std::size_t row_count() const override { return places_.size(); }
  [[nodiscard]] std::vector<std::size_t> categories() const override { return all_.categories(); }
  std::optional<RowBatch> next() override;
  void rewind() override;

 private:
  void take(const RowBatch& batch);

  BatchSource& all_;
  std::vector<std::size_t> places_;
  std::size_t taken_ = 0;   // of places_
  std::size_t passed_ = 0;  // rows of all_ in batches before this one
  std::optional<RowBatch> batch_;
  std::vector<std::size_t> rows_;
  std::vector<float> features_;
};

}  // namespace mf::dataset
