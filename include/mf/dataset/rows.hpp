#pragma once
// Labelled rows in memory: a few of a file, a batch, seldom all.
//
// Room: dataset.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mf::dataset {

/// A column of texts, kept end to end in one buffer.
class TextColumn {
 public:
  void reserve(std::size_t rows) { ends_.reserve(rows); }
  void append(std::string_view text) {
    bytes_.append(text);
    ends_.push_back(bytes_.size());
  }
  void append(const TextColumn& more) {
    for (const std::size_t end : more.ends_) ends_.push_back(bytes_.size() + end);
    bytes_.append(more.bytes_);
  }
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(bytes_).substr(begin, ends_[row] - begin);
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] const std::vector<std::size_t>& ends() const { return ends_; }
  void assign(std::string bytes, std::vector<std::size_t> ends) {
    bytes_ = std::move(bytes);
    ends_ = std::move(ends);
  }
  void clear() {
    bytes_.clear();
    ends_.clear();
  }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

/// A named column that evaluation may be sliced by.
struct SliceColumn {
  std::string name;
  TextColumn values;
};

/// The texts of a feature that is no number.
struct CategoryColumn {
  std::size_t feature = 0;  ///< which of feature_names
  TextColumn values;        ///< empty where the value is missing
};

/// Rows in canonical order: manifests by ref, files as the materialisation lists them, rows as they stand in the file.
/// Every column has one element for each row, or none when the dataset has no such column.
struct Rows {
  static constexpr std::int8_t kUnknownLabel = -1;

  std::vector<std::string> feature_names;  ///< in the order of the first materialisation
  std::vector<float> features;  ///< row-major, size() x feature_names.size(); NaN is a missing value, or a category's
  TextColumn keys;              ///< subject keys, unique after the duplicate guard
  std::vector<std::int64_t> event_time;    ///< microseconds since the epoch
  std::vector<std::int8_t> labels;         ///< 1 fraud, 0 legitimate, kUnknownLabel not known yet
  std::vector<std::int64_t> label_time;    ///< when the label was observed; kNoTime where there is none
  std::vector<std::int64_t> feature_time;  ///< when the features were computed; empty without such a column
  std::vector<double> amounts;             ///< money; empty without such a column
  std::vector<double> weights;             ///< row weights; empty without such a column
  TextColumn entities;                     ///< card or account; empty without such a column
  std::vector<CategoryColumn> categories;  ///< of the features that are texts
  std::vector<SliceColumn> slices;

  static constexpr std::int64_t kNoTime = INT64_MIN;

  [[nodiscard]] std::size_t size() const { return labels.size(); }
  [[nodiscard]] const float* row(std::size_t i) const { return features.data() + i * feature_names.size(); }
};

}  // namespace mf::dataset
