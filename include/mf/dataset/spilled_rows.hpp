#pragma once
// All labelled rows of a run: numbers that are looked at over and over in memory, everything else on disk.
//
// Room: dataset.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "mf/dataset/record_spill.hpp"
#include "mf/dataset/rows.hpp"
#include "mf/store/scratch_file.hpp"

namespace mf::dataset {

/// What splitting, guarding and training look at, one element for each row. A print is a hash of 64 bits: the same text
/// has the same one in this process, and different ones hardly ever do.
struct RowFacts {
  static constexpr std::uint64_t kNobody = 0;  ///< the print of no entity

  std::vector<std::int64_t> event_time;       ///< microseconds since the epoch
  std::vector<std::int8_t> labels;            ///< as Rows::labels
  std::vector<float> weights;                 ///< empty without such a column
  std::vector<std::uint64_t> key_prints;      ///< of the subject keys
  std::vector<std::uint64_t> entity_prints;   ///< of the entities; empty without such a column
  std::vector<std::uint64_t> feature_prints;  ///< of all features together, bit for bit

  [[nodiscard]] std::size_t size() const { return labels.size(); }
};

/// The different texts of a feature, numbered as they first came.
struct SeenTexts {
  static constexpr std::size_t kMost = 200'000;  ///< who has more is an identifier

  std::size_t feature = 0;
  std::vector<std::string> texts;
  std::unordered_map<std::string, std::uint32_t> numbers;
};

/// Rows in canonical order (mf/dataset/rows.hpp). In memory: 25 bytes a row, 33 with entities, until `forget_guarded`;
/// then a byte, five with weights. On disk: four bytes a feature value, and the records.
class SpilledRows {
 public:
  /// For rows such as `empty`, which has columns and no rows; about `promised` of them. On the file system of `folder`.
  /// Throws as ScratchFile.
  SpilledRows(const std::string& folder, const Rows& empty, std::size_t promised);

  /// Appends rows, at least one. Throws DATA_INVALID when a category has more than SeenTexts::kMost texts, and as
  /// ScratchFile; this is then of no use.
  void append(const Rows& rows);

  /// Fills `room`, a multiple of feature_names().size() long, with the features of the rows from `first` on; a category
  /// is the number of its text in seen_texts(). Throws STORE_UNAVAILABLE. Any thread.
  void read_features(std::size_t first, std::span<float> room) const;

  /// Frees what only splitting and guarding look at: after it, the facts are labels and weights.
  void forget_guarded();

  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  [[nodiscard]] const std::vector<std::string>& feature_names() const { return feature_names_; }
  [[nodiscard]] const RowFacts& facts() const { return facts_; }
  [[nodiscard]] const RecordSpill& records() const { return records_; }
  /// One for each feature that is a category.
  [[nodiscard]] const std::vector<SeenTexts>& seen_texts() const { return seen_texts_; }
  /// Whether any feature value is missing.
  [[nodiscard]] bool has_missing() const { return has_missing_; }

 private:
  std::span<const float> number_texts(const Rows& rows);

  std::vector<std::string> feature_names_;
  std::vector<SeenTexts> seen_texts_;
  RowFacts facts_;
  store::ScratchFile features_;  // row-major, as they were parsed
  RecordSpill records_;
  std::vector<float> numbered_;  // the features of a portion with numbers for texts
  bool has_missing_ = false;
};

}  // namespace mf::dataset
