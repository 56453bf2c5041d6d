#pragma once
// CSV as RFC 4180 has it: comma, double quotes, lines ending in LF or CRLF, the last line end optional, UTF-8.
//
// Blanks belong to their field. Empty lines hold no record and are skipped. Refused: a byte order mark, a carriage
// return outside of quotes that ends no line, quotes that do not fit, a record of more than kLongestRecord bytes.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/blocks.hpp"
#include "dataset/quoted_record.hpp"

namespace mf::dataset {

/// Reads the records of one file, the header being the first, or of a piece of one. One thread; `bytes` must outlive
/// it.
class CsvReader {
 public:
  static constexpr std::size_t kLongestRecord = std::size_t{1} << 20;

  /// `name` is the file's name in messages. `lines_before` counts the lines of the file that stand before `bytes`.
  CsvReader(Blocks& bytes, std::string name, std::size_t lines_before = 0);

  /// Moves to the next record; false at the end of the file. Throws DATA_INVALID for what is refused above (with name
  /// and line) and what `bytes` throw; after that the reader is of no use.
  bool next();

  /// What is at hand of the text behind the record, maybe not all: others may read whole records off its front, and say
  /// so to skip.
  struct Ahead {
    std::string_view text;
    std::size_t lines_before = 0;
  };
  [[nodiscard]] Ahead ahead();
  void skip(std::size_t bytes, std::size_t lines);

  /// The fields of the record, without quotes; valid until the next call of next.
  [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }

  /// The line on which the record begins, counting every line of the file from 1.
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  bool take_line(std::string_view& line);
  void split_plain(std::string_view line);
  void read_quoted(std::string_view line);
  [[noreturn]] void refuse_length(const std::string& what, const std::string& hint) const;
  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const;

  Blocks& bytes_;
  std::string name_;
  std::string_view rest_;
  std::size_t lines_taken_;
  std::size_t line_ = 0;
  std::vector<std::string_view> fields_;
  QuotedRecord quoted_;
};

}  // namespace mf::dataset
