#include "dataset/record_pieces.hpp"

#include "dataset/csv_reader.hpp"

namespace mf::dataset {
namespace {

/// Where the last whole record of `text` ends, 0 when there is none. `text` begins with a record. A line feed ends one
/// when the quotes before it are even in number; where quotes do not fit, the reader refuses before that matters.
std::size_t end_of_records(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t begin = 0; begin != std::string_view::npos;) {
    const std::size_t open = text.find('"', begin);
    const std::size_t feed = text.substr(begin, open - begin).rfind('\n');
    if (feed != std::string_view::npos) end = begin + feed + 1;
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('"', open + 1);
    begin = close == std::string_view::npos ? close : close + 1;
  }
  return end;
}

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ++lines;
  return lines;
}

}  // namespace

std::optional<RecordPiece> RecordPieces::next() {
  while (true) {
    const std::size_t carried = rest_.size();
    const std::string_view text = bytes_.next(rest_);
    const bool at_end = text.size() == carried;
    if (text.empty()) return {};
    const std::size_t end = end_of_records(text);
    if (at_end || (end == 0 && text.size() > CsvReader::kLongestRecord)) return take(text, text.size());
    if (end > 0) return take(text, end);
    rest_ = text;
  }
}

RecordPiece RecordPieces::take(std::string_view text, std::size_t size) {
  const std::string_view taken = text.substr(0, size);
  const std::size_t lines = count_lines(taken);
  const RecordPiece piece{bytes_.owner(), taken, lines_, lines};
  lines_ += lines;
  rest_ = text.substr(size);
  return piece;
}

}  // namespace mf::dataset
