#pragma once
// A CSV file cut into pieces of whole records, so that several threads can parse it.

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "dataset/blocks.hpp"

namespace mf::dataset {

/// Records from the first to the last byte, but for what no reader takes: the end of the file inside of quotes, quotes
/// that do not fit, or more than CsvReader::kLongestRecord bytes without an end may stand in the last piece.
struct RecordPiece {
  std::shared_ptr<const char[]> owner;
  std::string_view text;
  std::size_t lines_before = 0;  ///< in the file
  std::size_t lines = 0;         ///< that end in this piece: no fewer than its records, but for one without a line end
};

/// Reads `bytes`, which must outlive it, to the end. One thread.
class RecordPieces {
 public:
  explicit RecordPieces(Blocks& bytes) : bytes_(bytes) {}

  /// The next piece, or nothing at the end of the file. Throws what `bytes` throws.
  std::optional<RecordPiece> next();

 private:
  RecordPiece take(std::string_view text, std::size_t size);

  Blocks& bytes_;
  std::string_view rest_;
  std::size_t lines_ = 0;
};

}  // namespace mf::dataset
