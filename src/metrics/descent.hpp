#pragma once
// A walk over the rows of a sample from the highest score to the lowest, in pieces that fit the cache.
//
// Rows with the same score come as one tie, so no figure of ties can depend on the order of their rows.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/sample.hpp"

namespace mf::metrics {

/// A row that is in the sample, `times` times; 1 or more.
struct CountedRow {
  std::uint32_t row = 0, times = 0;
};

/// All rows with one score.
struct Tie {
  float score = 0;
  std::int64_t positives = 0, negatives = 0;
  std::size_t end = 0;  ///< of its rows, among those of the piece

  [[nodiscard]] std::int64_t rows() const { return positives + negatives; }
};

/// Some whole ties, and their rows in the order of the part.
struct Piece {
  std::span<const Tie> ties;
  std::span<const CountedRow> rows;
};

/// The part and what the sample refers to must outlive it.
class Descent {
 public:
  Descent(const RankedPart& part, const Sample& sample) : part_(part), sample_(sample) {}

  /// The next piece, valid until the next call; without rows at the end.
  Piece next();

 private:
  [[nodiscard]] std::size_t end_of_tie(std::size_t end) const;
  void count_rows(std::size_t end);
  void part_into_ties();

  const RankedPart& part_;
  const Sample sample_;
  std::size_t row_ = 0;
  std::vector<Tie> ties_;
  std::vector<CountedRow> rows_;
};

}  // namespace mf::metrics
