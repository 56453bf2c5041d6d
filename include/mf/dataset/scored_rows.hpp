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
#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"
#include "mf/store/artifact_store.hpp"
#include "mf/store/scratch_file.hpp"

namespace mf::dataset {

/// The scored rows of one part: all that a figure needs.
struct ScoredRows {
  std::vector<std::string_view> keys;  ///< subject keys; they live as long as the rows or the file they came from
  std::vector<std::uint8_t> labels;    ///< 1 fraud, 0 legitimate
  std::vector<float> scores;
};

/// Scored rows in memory.
struct ScoredRowsFile {
  std::vector<TextColumn> keys;   ///< what the parts' keys point into; one for each part
  std::vector<ScoredRows> parts;  ///< as kEvaluatedParts, each in row order
};

/// Scored rows, and the file that holds them.
struct WrittenScoredRows {
  ScoredRowsFile rows;
  store::ScratchFile text;
  std::string sha256;  ///< of `text`
};

/// Writes the evaluated rows with their scores, part after part, into a scratch file in `folder`. `scores[i]` has one
/// score for each row of kEvaluatedParts[i], in row order. Throws as ScratchFile.
WrittenScoredRows write_scored_rows(const SpilledRows& rows, const Split& split, std::vector<std::vector<float>> scores,
                                    const std::string& folder);

/// Reads scored rows; the bytes that are parsed are the bytes that are hashed. When the file does not have the digest
/// `sha256`, or cannot be parsed, throws SCORED_ROWS_IMMUTABILITY_VIOLATION. `ref` names it in messages.
ScoredRowsFile read_scored_rows(store::Source& file, const std::string& sha256, const std::string& ref);

}  // namespace mf::dataset
