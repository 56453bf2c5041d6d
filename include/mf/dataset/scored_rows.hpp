#pragma once
// Scored rows: the evidence that every figure is computed from.
//
// Room: dataset.  A CSV file, part after part: subject_key, part, label, score, event_time_utc, and, where the run has
// them, amount, entity_key, baseline_score, reason_codes and a column for each slice. Scores are written as the
// shortest text that reads back to the same double as the model's float32, so that any reader computes the same
// figures. docs/formats/scored_rows.md.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "mf/dataset/rows.hpp"
#include "mf/dataset/spilled_rows.hpp"
#include "mf/dataset/split.hpp"
#include "mf/store/artifact_store.hpp"
#include "mf/store/scratch_file.hpp"

namespace mf::dataset {

/// What models say of the evaluated rows: for each of kEvaluatedParts one element for each of its rows, in row order.
struct Scores {
  std::vector<std::vector<float>> model;
  std::vector<std::vector<float>> baseline;  ///< empty without a baseline
  std::vector<TextColumn> reason_codes;      ///< empty where the profile wants none
};

/// The scored rows of one part; a column has one element for each row, or none when the file has no such column.
struct ScoredRows {
  static constexpr std::uint32_t kNoEntity = std::numeric_limits<std::uint32_t>::max();

  TextColumn keys;                   ///< subject keys
  std::vector<std::uint8_t> labels;  ///< 1 fraud, 0 legitimate
  std::vector<float> scores;
  std::vector<std::int32_t> days;       ///< of the event, since 1970-01-01 UTC
  std::vector<double> amounts;          ///< NaN where there is none
  std::vector<std::uint32_t> entities;  ///< number of the entity, or kNoEntity
  std::vector<float> baseline_scores;
  std::vector<std::vector<std::uint32_t>> slices;  ///< for each of ScoredRowsFile::slices, numbers of values
};

/// Scored rows in memory: about 50 bytes a row.
struct ScoredRowsFile {
  struct Slice {
    std::string name;
    std::vector<std::string> values;  ///< ascending bytes
  };
  std::vector<ScoredRows> parts;   ///< as kEvaluatedParts, each in row order
  std::uint32_t entity_count = 0;  ///< entities are numbered in ascending order of their bytes, over all parts
  std::vector<Slice> slices;
  std::int64_t bytes = 0;  ///< of the file
};

/// A file of scored rows.
struct WrittenScoredRows {
  store::ScratchFile text;
  std::string sha256;  ///< of `text`
};

/// Writes the evaluated rows with their scores, part after part, into a scratch file in `folder`. Throws as
/// ScratchFile.
WrittenScoredRows write_scored_rows(const SpilledRows& rows, const Split& split, const Scores& scores,
                                    const std::string& folder);

/// Reads scored rows; the bytes that are parsed are the bytes that are hashed. When the file does not have the digest
/// `sha256`, or cannot be parsed, throws SCORED_ROWS_IMMUTABILITY_VIOLATION. `ref` names it in messages.
ScoredRowsFile read_scored_rows(store::Source& file, const std::string& sha256, const std::string& ref);

}  // namespace mf::dataset
