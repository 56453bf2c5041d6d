#pragma once
// The rows that a metric is computed from.
//
// Room: metrics (numbers from scores, labels, amounts, days; pure: no files, no documents, no clock).

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mf::metrics {

/// The entity of a row that names none.
inline constexpr std::uint32_t kNoEntity = std::numeric_limits<std::uint32_t>::max();

/// A declared column by whose values figures are told apart.
struct SliceColumn {
  std::string name;
  std::vector<std::string> values;   ///< ascending bytes, each once
  std::vector<std::uint32_t> codes;  ///< of each row: an index into `values`
};

/// One part of a split (train, validation or test) after scoring, from the highest score to the lowest; rows whose
/// scores tie stand by subject key, ascending bytes. The order stands for the keys, so none are kept: rank() makes it.
/// A column has one element for each row, or none when the data has no such column.
struct RankedPart {
  std::vector<float> scores;            ///< higher is likelier fraud; in [0,1] when they are probabilities
  std::vector<std::uint8_t> labels;     ///< 1 fraud, 0 legitimate
  std::vector<std::int32_t> days;       ///< of the event: days since 1970-01-01 UTC
  std::vector<double> amounts;          ///< NaN where the row names none
  std::vector<std::uint32_t> entities;  ///< index of the entity (card) by ascending bytes of its id, or kNoEntity
  std::uint32_t entity_count = 0;       ///< every index is below it; the same numbering in all parts of a run
  std::vector<float> baseline_scores;   ///< of another model for the same rows
  std::vector<SliceColumn> slices;
  std::vector<std::uint32_t> baseline_order;  ///< rows by baseline score, highest first, ties by key; rank() makes it

  [[nodiscard]] std::size_t rows() const { return scores.size(); }
};

/// The subject keys of the rows, one after the other: key `i` ends before byte ends[i].
struct KeyColumn {
  std::string_view bytes;
  std::span<const std::size_t> ends;
};

/// Puts rows that are in any order into the order of a RankedPart; `keys` are theirs, each once. Takes 12 bytes a row
/// while it runs. Throws INTERNAL if a column has another length than the scores, a score is NaN, a label is not 0 or
/// 1, or an entity or a slice code has no such index.
RankedPart rank(RankedPart rows, const KeyColumn& keys);

/// The rows whose value in the slice column number `column` is `code`. Without slice columns of its own.
RankedPart slice_of(const RankedPart& part, std::size_t column, std::uint32_t code);

/// The same rows ranked by their baseline scores, which become the scores. Throws INTERNAL when there are none.
RankedPart baseline_of(const RankedPart& part);

}  // namespace mf::metrics
