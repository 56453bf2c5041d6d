#pragma once
// Scored rows: the evidence that every figure of a report is computed from.
//
// Room: dataset.  CSV with a header: subject_key, part, label, score, event_time_utc, then amount, entity_key and one
// slice_<name> column for each slice, where the dataset has them. Scores are written as the shortest text that reads
// back to the same double as the model's float32, so that any reader computes the same figures.
// docs/formats/scored_rows.md.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mf/dataset/rows.hpp"
#include "mf/dataset/split.hpp"
#include "mf/store/artifact_store.hpp"

namespace mf::dataset {

/// The scored rows of one part: all that a figure needs.
struct ScoredRows {
  std::vector<std::string_view> keys;  ///< subject keys; they live as long as the rows or the file they came from
  std::vector<std::uint8_t> labels;    ///< 1 fraud, 0 legitimate
  std::vector<float> scores;
};

/// The evaluated rows with their scores, one element for each of kEvaluatedParts, each in row order. `scores[i]` has
/// one score for each row of split.rows_of(kEvaluatedParts[i]). The keys are those of `rows`.
std::vector<ScoredRows> scored_rows_of(const Rows& rows, const Split& split, std::vector<std::vector<float>> scores);

/// Their CSV text: part after part.
std::string write_scored_rows(const Rows& rows, const Split& split, const std::vector<ScoredRows>& scored);

/// Scored rows read back.
struct ScoredRowsFile {
  std::vector<TextColumn> keys;   ///< what the parts' keys point into; one for each part
  std::vector<ScoredRows> parts;  ///< as kEvaluatedParts
};

/// Reads scored rows; the bytes that are parsed are the bytes that are hashed. When the file does not have the digest
/// `sha256`, or cannot be parsed, throws SCORED_ROWS_IMMUTABILITY_VIOLATION. `ref` names it in messages.
ScoredRowsFile read_scored_rows(store::Source& file, const std::string& sha256, const std::string& ref);

}  // namespace mf::dataset
